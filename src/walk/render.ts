import type { Paint } from '../report/paint.js'
import { wrap } from '../report/wrap.js'

/** The maximal width of a paragraph: longer lines are hard to read. */
const READABLE = 90
/** Marks where bold type begins and ends; it has no width. */
const MARK = '\u2060'
const NO_BREAK = '\u00a0'

/** A paragraph of Markdown with `code` and **strong** words, as lines of at most `width` columns. */
export function renderProse(text: string, width: number, paint: Paint): string {
  const marked = text
    .replaceAll(/`([^`]*)`/g, (_, code: string) => code.replaceAll(' ', NO_BREAK))
    .replaceAll('**', MARK)
  return wrap(marked, Math.min(width, READABLE))
    .map((line) => line.replaceAll(/\u2060([^\u2060]*)\u2060/g, (_, strong: string) => paint.bold(strong)))
    .join('\n')
    .replaceAll(NO_BREAK, ' ')
}
