import type { Paint } from '../report/paint.js'
import { displayWidth } from '../report/width.js'
import { wrap } from '../report/wrap.js'

/** The maximal width of a paragraph: longer lines are hard to read. */
const READABLE = 90
/** Marks where bold type begins and ends; it has no width. */
const MARK = '\u2060'
const NO_BREAK = '\u00a0'

/** A paragraph of Markdown with `code` and **strong** words, as lines of at most `width` columns. Code stays on one line if it can. */
export function renderProse(text: string, width: number, paint: Paint): string {
  const columns = Math.min(width, READABLE)
  const whole = (code: string) => (displayWidth(code) > columns ? code : code.replaceAll(' ', NO_BREAK))
  const marked = text.replaceAll(/`([^`]*)`/g, (_, code: string) => whole(code)).replaceAll('**', MARK)
  return wrap(marked, columns)
    .map((line) => line.replaceAll(/\u2060([^\u2060]*)\u2060/g, (_, strong: string) => paint.bold(strong)))
    .join('\n')
    .replaceAll(NO_BREAK, ' ')
}
