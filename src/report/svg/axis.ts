import { scaleLinear, scaleLog } from 'd3-scale'
import { formatNumber, formatRatio } from '../format.js'
import { element, type Markup } from '../markup.js'
import type { Axis } from '../report.js'
import { FONT, label, textWidth } from './drawing.js'

/** An axis with its ends on round values. */
export interface Scale {
  readonly label: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
  /** Where a value lies, in pixels. */
  (value: number): number
}

/**
 * The scale of an axis for values, over a range of pixels. A logarithmic axis has no place for 0: with it the axis is
 * linear; a linear one begins at 0, unless `isTight`.
 */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
  range: readonly [number, number],
  isTight = false,
): Scale {
  const isLog = axis.log === true && values.length > 0 && values.every((value) => value > 0)
  const ends: [number, number] = [Math.min(...values), Math.max(...values)]
  if (values.length === 0) ends.splice(0, 2, 0, 1)
  if (!isLog && !isTight) ends.splice(0, 2, Math.min(0, ends[0]), Math.max(0, ends[1]))
  if (ends[0] === ends[1]) ends[1] = isLog ? ends[0] * 10 : ends[0] + 1
  const room = Math.abs(range[1] - range[0])
  const count = Math.max(2, Math.floor(room / 70))
  const scale = isLog
    ? scaleLog().domain(ends).range(range).nice()
    : scaleLinear().domain(ends).range(range).nice(count)
  const ticks = isLog ? powers(scale.ticks(), count) : whole(scale.ticks(count), axis)
  const texts = tickTexts(ticks, axis)
  return Object.assign((value: number) => scale(value), {
    label: isLog ? `${axis.label} (logarithmic)` : axis.label,
    ticks: ticks.map((value, i) => ({ at: scale(value), text: texts[i] })),
  })
}

/** Of a logarithmic axis' ticks the powers of ten, or where they are few also 2 and 5 times these. */
function powers(ticks: readonly number[], count: number): number[] {
  const leading = (value: number) => Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))
  const tens = ticks.filter((value) => leading(value) === 1)
  const some = tens.length < 4 ? ticks.filter((value) => [1, 2, 5].includes(leading(value))) : tens
  const step = Math.ceil(some.length / count)
  return some.filter((_, i) => i % step === 0)
}

/** There is no half of what is counted. */
const whole = (ticks: number[], { unit }: Axis) => (unit === 'count' ? ticks.filter(Number.isInteger) : ticks)

/** Ticks with the fewest digits that tell them apart. */
function tickTexts(ticks: readonly number[], { unit }: Axis): string[] {
  if (unit !== 'ratio') return ticks.map((value) => formatNumber(value, unit))
  const digits = [0, 1, 2, 3].find(
    (most) => new Set(ticks.map((value) => formatRatio(value, most))).size === ticks.length,
  )
  return ticks.map((value) => formatRatio(value, digits))
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
