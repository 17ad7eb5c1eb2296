import { inlineOf } from '../report/inline.js'
import type { Paint } from '../report/paint.js'
import { displayWidth } from '../report/width.js'
import { wrap } from '../report/wrap.js'

/** The maximal width of a paragraph: longer lines are hard to read. */
const READABLE = 90
/** Marks where bold type and code begin and end; they have no width. */
const [STRONG, CODE] = ['\u2060', '\u2061']
const NO_BREAK = '\u00a0'

/** A paragraph of Markdown with `code` and **strong** words, as lines of at most `width` columns. Code stays on one line if it can. */
export function renderProse(text: string, width: number, paint: Paint): string {
  const columns = Math.min(width, READABLE)
  const whole = (code: string) => (displayWidth(code) > columns ? code : code.replaceAll(' ', NO_BREAK))
  const marked = inlineOf(text).map((piece) => {
    if (piece.kind === 'strong') return STRONG + piece.text + STRONG
    return piece.kind === 'code' ? CODE + whole(piece.text) + CODE : piece.text
  })
  const eachLine = (lines: string, painted: (line: string) => string) =>
    lines.split('\n').map(painted).join('\n')
  return wrap(marked.join(''), columns)
    .join('\n')
    .replaceAll(/\u2060([^\u2060]*)\u2060/g, (_, strong: string) => eachLine(strong, paint.bold))
    .replaceAll(/\u2061([^\u2061]*)\u2061/g, (_, code: string) => eachLine(code, paint.accent))
    .replaceAll(NO_BREAK, ' ')
}
