import { scaleLinear, scaleLog } from 'd3-scale'
import { formatNumber, formatRatio } from './format.js'
import type { Axis } from './report.js'

/** An axis with its ends on round values. */
export interface RoundAxis {
  readonly label: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
  /** Where a value lies, within the range. */
  place(value: number): number
}

/** Powers of ten below this are none in floating point. */
const LEAST_LOG = 1e-300

/**
 * The axis for values, over a range of pixels or of characters, with about so many ticks. A logarithmic axis has no place
 * for 0: with it the axis is linear; a linear one begins at 0, unless `isTight`.
 */
export function roundAxis(
  axis: Axis,
  values: readonly number[],
  range: readonly [number, number],
  count: number,
  isTight = false,
): RoundAxis {
  const isLog = axis.log === true && values.length > 0 && values.every((value) => value >= LEAST_LOG)
  const ends: [number, number] = [Math.min(...values), Math.max(...values)]
  if (values.length === 0) ends.splice(0, 2, 0, 1)
  if (!isLog && !isTight) ends.splice(0, 2, Math.min(0, ends[0]), Math.max(0, ends[1]))
  if (ends[0] === ends[1]) ends[1] = isLog ? ends[0] * 10 : ends[0] + Math.max(1, Math.abs(ends[0]))
  const scale = isLog
    ? scaleLog().domain(ends).range(range).nice()
    : scaleLinear().domain(ends).range(range).nice(count)
  const ticks = isLog ? powers(scale.ticks(), count) : whole(scale.ticks(count), axis)
  const texts = tickTexts(ticks, axis)
  return {
    label: isLog ? `${axis.label} (logarithmic)` : axis.label,
    ticks: ticks.map((value, i) => ({ at: scale(value), text: texts[i] })),
    place: (value) => scale(value),
  }
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
