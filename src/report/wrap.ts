import { displayWidth } from './width.js'

/** A word of a command line, with the spaces in its quotes. */
const SHELL_WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g

/** Breaks a text into lines of at most `width` columns, between words where possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (displayWidth(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && displayWidth(line + character) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  lines.push(line)
  return lines
}

/** Breaks those lines of a text that are too long; what follows is indented by two columns more. */
export function wrapLines(text: string, width: number): string {
  return text.replace(/.+/g, (line) => {
    if (displayWidth(line) <= width) return line
    const indent = /^ */.exec(line)![0]
    const broken = wrap(line.slice(indent.length), width - indent.length - 2)
    return indent + broken.join(`\n${indent}  `)
  })
}

/** Breaks a command line as a shell reads it on, with a backslash at the end of each line but the last. */
export function wrapCommand(line: string, width: number): string {
  if (displayWidth(line) <= width) return line
  const lines: string[] = []
  let open = ''
  for (const word of line.match(SHELL_WORD) ?? [line]) {
    const joined = open === '' ? word : `${open} ${word}`
    if (open !== '' && displayWidth(joined) > width - 2) {
      lines.push(open)
      open = `  ${word}`
    } else open = joined
  }
  return [...lines, open].join(' \\\n')
}
