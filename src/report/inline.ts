/** A piece of a paragraph of Markdown. */
export interface Inline {
  readonly kind: 'text' | 'code' | 'strong'
  readonly text: string
}

const MARKED = /`([^`]*)`|\*\*(.+?)\*\*/g

/** The pieces of a paragraph with `code` and **strong** words. */
export function inlineOf(text: string): Inline[] {
  const pieces: Inline[] = []
  let end = 0
  for (const { 0: marked, 1: code, 2: strong, index } of text.matchAll(MARKED)) {
    pieces.push({ kind: 'text', text: text.slice(end, index) })
    pieces.push(code === undefined ? { kind: 'strong', text: strong } : { kind: 'code', text: code })
    end = index + marked.length
  }
  return [...pieces, { kind: 'text' as const, text: text.slice(end) }].filter((piece) => piece.text !== '')
}
