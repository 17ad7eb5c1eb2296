import { element, join, type Markup } from '../markup.js'
import type { Rule } from '../report.js'
import { FONT, fitted, label, textWidth } from './drawing.js'

/** Pixels. */
export interface Place {
  readonly x: number
  readonly y: number
}

interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Pixels from one place to the next where curves are looked at. */
const STEP = 4

/** Values to compare with: a line each, and its text where it covers least of the curves and of the other texts. */
export function ruleMarks(
  rules: readonly Rule[],
  y: (value: number) => number,
  curves: readonly (readonly Place[])[],
  area: Area,
): Markup {
  const taken = curves.flatMap(between)
  return join(
    rules.map(({ at, text }) => {
      const shown = fitted(text, area.right - area.left - 8)
      const [first, ...others] = placesFor(y(at), textWidth(shown), area)
      const covered = (place: Area) => taken.filter((point) => isWithin(point, place)).length
      const best = others.reduce((a, b) => (covered(b) < covered(a) ? b : a), first)
      taken.push(...between([corner(best, 'left'), corner(best, 'right')]))
      return element(
        'g',
        { class: 'rule' },
        element('line', { x1: area.left, x2: area.right, y1: y(at), y2: y(at) }),
        label(best.left, best.bottom - FONT * 0.25, shown),
      )
    }),
  )
}

/** Where a text may stand: above and below its line, at the right first, within the area. */
function placesFor(line: number, width: number, area: Area): Area[] {
  const [first, last] = [area.left + 6, Math.max(area.left + 6, area.right - width - 4)]
  const lefts = [last, first, (first + last) / 2]
  const bottoms = [line - 1, line + FONT + 4]
  return bottoms
    .map((bottom) => ({ top: bottom - FONT - 1, bottom }))
    .filter(({ top, bottom }) => top >= area.top && bottom <= area.bottom)
    .flatMap((rows) => lefts.map((left) => ({ ...rows, left, right: left + width })))
}

const corner = ({ left, right, top, bottom }: Area, side: 'left' | 'right'): Place => ({
  x: side === 'left' ? left : right,
  y: (top + bottom) / 2,
})

const isWithin = ({ x, y }: Place, { left, right, top, bottom }: Area): boolean =>
  x >= left - 4 && x <= right + 4 && y >= top - 3 && y <= bottom + 3

/** Places along a line through some, in small steps. */
function between(places: readonly Place[]): Place[] {
  return places.flatMap((to, i) => {
    const from = places[i - 1] ?? to
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STEP))
    return Array.from({ length: count }, (_, k) => ({
      x: to.x + ((from.x - to.x) * k) / count,
      y: to.y + ((from.y - to.y) * k) / count,
    }))
  })
}
