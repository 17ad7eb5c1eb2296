import { InputError } from '../input-error.js'

/** A piece of a document, in the order in which it is read. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first row is the head. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** A fenced block, and the number of the line on which it begins. */
  | {
      readonly kind: 'code'
      readonly language: string
      readonly lines: readonly string[]
      readonly at: number
    }

/**
 * The blocks of a Markdown text in which empty lines separate them. Throws InputError, naming the line, at a fence that is
 * not closed.
 */
export function blocksOf(markdown: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = []
  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] === '') continue
    const isFenced = lines[i].startsWith('```')
    const end = lines.indexOf(isFenced ? '```' : '', i + 1)
    if (isFenced && end < 0) throw new InputError(`line ${i + 1}: the fenced block is not closed`)
    const part = lines.slice(i, end < 0 ? undefined : end)
    blocks.push(
      isFenced ? { kind: 'code', language: part[0].slice(3), lines: part.slice(1), at: i + 1 } : plain(part),
    )
    i = end < 0 ? lines.length : end
  }
  return blocks
}

function plain(lines: readonly string[]): MarkdownBlock {
  const heading = /^(#+) (.*)/.exec(lines[0])
  if (heading) return { kind: 'heading', level: heading[1].length, text: heading[2] }
  if (lines[0].startsWith('|')) {
    const rows = lines.filter((line) => !/^[ :|-]+$/.test(line))
    return { kind: 'table', rows: rows.map(cells) }
  }
  if (!lines[0].startsWith('- ')) return { kind: 'prose', text: lines.join(' ') }
  const items = lines.join('\n').slice(2).split('\n- ')
  return { kind: 'list', items: items.map((item) => item.replaceAll(/\n */g, ' ')) }
}

/** The cells of a table's row; `\|` is a bar inside one. */
function cells(line: string): string[] {
  const inner = line.replace(/^\|/, '').replace(/\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}
