import { type RoundAxis, roundAxis } from '../axis.js'
import { element, type Markup } from '../markup.js'
import type { Axis } from '../report.js'
import { FONT, label, textWidth } from './drawing.js'

/** An axis over a range of pixels. */
export interface Scale extends Pick<RoundAxis, 'label' | 'ticks'> {
  /** Where a value lies, in pixels. */
  (value: number): number
}

/** The scale of an axis for values, over a range of pixels (see axis.ts). */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
  range: readonly [number, number],
  isTight = false,
): Scale {
  const count = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / 70))
  const { place, ...round } = roundAxis(axis, values, range, count, isTight)
  return Object.assign(place, round)
}

/** How much room the texts of a vertical axis take. */
export const tickWidth = ({ ticks }: Scale): number => Math.max(...ticks.map(({ text }) => textWidth(text)))

/** A horizontal axis at `y`, with lines up to `top`, and its name below. */
export function horizontalAxis(scale: Scale, from: number, to: number, y: number, top: number): Markup {
  return element(
    'g',
    { class: 'axis' },
    scale.ticks.map(({ at }) => element('line', { class: 'grid', x1: at, x2: at, y1: top, y2: y })),
    element('line', { x1: from, x2: to, y1: y, y2: y }),
    scale.ticks.map(({ at, text }) => label(at, y + FONT + 4, text, { anchor: 'middle' })),
    label((from + to) / 2, y + 2 * FONT + 10, scale.label, { anchor: 'middle', style: 'name' }),
  )
}
/** What a horizontal axis takes below its line. */
export const AXIS_HEIGHT = 2 * FONT + 18

/** A vertical axis at `x`, with lines to `right`, and its name at a height. */
export function verticalAxis(scale: Scale, x: number, right: number, nameAt: number): Markup {
  return element(
    'g',
    { class: 'axis' },
    scale.ticks.map(({ at }) => element('line', { class: 'grid', x1: x, x2: right, y1: at, y2: at })),
    scale.ticks.map(({ at, text }) => label(x - 6, at + FONT * 0.35, text, { anchor: 'end' })),
    label(0, nameAt, scale.label, { style: 'name' }),
  )
}
