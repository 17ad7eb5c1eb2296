import type { CommandLine } from '../program.js'

/** A word as bash takes it. */
function quoted(word: string): string {
  if (/^[\w./=,:@%+-]+$/.test(word)) return word
  if (/^[ -~]*$/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`
  return `$'${word.replace(/[^ -~]|['\\]/gu, escaped)}'`
}

function escaped(character: string): string {
  if (/['\\]/.test(character)) return `\\${character}`
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
}

/** A line for bash that does the same; a terminal's width is given as COLUMNS. */
export function show({ words, stdin, env, columns }: CommandLine): string {
  const text = typeof stdin === 'string' ? stdin : Buffer.from(stdin).toString('latin1')
  const bytes = typeof stdin === 'string' ? quoted(text) : quoted(text).replace(/\\xc[23]\\x/g, '\\x')
  const settings = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)} `)
  const width = columns === undefined ? '' : `COLUMNS=${columns} `
  const line = `${width}${settings.join('')}cachelab ${words.map(quoted).join(' ')}`
  return text === '' ? line : `printf %s ${bytes} | ${line}`
}
