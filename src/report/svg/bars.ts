import { formatNumber } from '../format.js'
import { element, join, type Markup } from '../markup.js'
import type { BarFigure } from '../report.js'
import { AXIS_HEIGHT, horizontalAxis, scaleOf } from './axis.js'
import { type Drawing, FONT, fitted, LINE, label, legend, seriesGroup, textWidth, tipped } from './drawing.js'
import { NAME_LINE, nameAt, rowNames } from './names.js'

type Series = BarFigure['series'][number]

const BAR = 14
const GAP = 8

/** Bars from left to right, a category a line, with what they are compared with. */
export function drawBars(figure: BarFigure, width: number): Drawing {
  const { value, categories, series, rules = [], band } = figure
  const keys = series.map(({ name }, i) => ({
    name,
    series: i,
    sample: element('rect', { class: fill(i), x: -10, y: -5, width: 20, height: 10 }),
  }))
  const head = series.length > 1 ? legend(keys, width) : undefined
  const notes = [...rules.map(({ text }) => text), ...(band ? [band.text] : [])]
  const top = (head?.height ?? 0) + notes.length * LINE + 6
  const { left, names } = rowNames(categories, width)
  const step = Math.max(series.length * BAR, ...names.map(({ length }) => length * NAME_LINE)) + GAP
  const bottom = top + categories.length * step

  const values = series.flatMap(({ values, intervals = [] }) => [...values, ...intervals.flat()])
  const limits = [...rules.map(({ at }) => at), ...(band ? [band.low, band.high] : [])]
  const known = [...values, ...limits].filter((one): one is number => one !== null && one !== undefined)
  const texts = known.map((one) => textWidth(formatNumber(one, value.unit)))
  const right = width - Math.max(...texts, 0) - 8
  const x = scaleOf(value, known, [left, right])
  const noteAt = (i: number) => top - 6 - (notes.length - 1 - i) * LINE

  const above = (step - GAP - series.length * BAR) / 2
  const topOf = (series: number) => (category: number) => top + category * step + above + series * BAR
  const content = join(
    head?.content,
    horizontalAxis(x, left, right, bottom, top),
    band &&
      element('rect', {
        class: 'band',
        x: x(band.low),
        width: x(band.high) - x(band.low),
        y: top,
        height: bottom - top,
      }),
    names.map((lines, i) => nameAt(left - 8, top + i * step + (step - GAP) / 2, lines, 'end')),
    series.map((one, i) => barsOf(one, i, figure, topOf(i), x)),
    rules.map(({ at, text }, i) => noted(x(at), text, noteAt(i), bottom, width)),
    band && noteText((x(band.low) + x(band.high)) / 2, band.text, noteAt(rules.length), width),
    series.map((one, i) => valuesOf(one, i, value.unit, topOf(i), x)),
  )
  return { width, height: bottom + AXIS_HEIGHT, content }
}

/** Every other series is hatched, and so told from its neighbours without colour. */
const fill = (series: number): string => `bar hatch${series % 4}`

function barsOf(
  { name, values, intervals }: Series,
  series: number,
  { categories, value: { unit } }: BarFigure,
  top: (category: number) => number,
  x: (value: number) => number,
): Markup {
  const bars = values.flatMap((value, i) => {
    if (value === null) return []
    const interval = intervals?.[i]
    const within = interval
      ? ` (${formatNumber(interval[0], unit)} to ${formatNumber(interval[1], unit)})`
      : ''
    const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))]
    const tip = `${categories[i]}${name === '' ? '' : `, ${name}`}: ${formatNumber(value, unit)}${within}`
    return [
      tipped(
        'rect',
        { class: fill(series), x: from, y: top(i), width: Math.max(1, to - from), height: BAR - 2 },
        tip,
      ),
      ...(interval ? [whisker(x(interval[0]), x(interval[1]), top(i) + (BAR - 2) / 2)] : []),
    ]
  })
  return seriesGroup(series, ...bars)
}

/** The values behind the bars' ends, over the lines that cross them. */
function valuesOf(
  { values, intervals }: Series,
  series: number,
  unit: BarFigure['value']['unit'],
  top: (category: number) => number,
  x: (value: number) => number,
): Markup {
  const texts = values.flatMap((value, i) => {
    if (value === null) return []
    const end = Math.max(x(0), x(value), x(intervals?.[i]?.[1] ?? value))
    return [label(end + 5, top(i) + BAR / 2 + FONT * 0.28, formatNumber(value, unit), { style: 'value' })]
  })
  return seriesGroup(series, ...texts)
}

const whisker = (low: number, high: number, y: number): Markup =>
  element('path', {
    class: 'whisker',
    d: `M${low.toFixed(1)} ${y}H${high.toFixed(1)}m0-3v6M${low.toFixed(1)} ${y - 3}v6`,
  })

function noted(x: number, text: string, y: number, bottom: number, width: number): Markup {
  return element(
    'g',
    { class: 'rule' },
    element('line', { x1: x, x2: x, y1: y + 3, y2: bottom }),
    noteText(x, text, y, width),
  )
}

/** A text around a place, moved so far that it stays within the figure. */
function noteText(x: number, text: string, y: number, width: number): Markup {
  const shown = fitted(text, width)
  const half = textWidth(shown) / 2
  return label(Math.max(half, Math.min(width - half, x)), y, shown, { anchor: 'middle', style: 'rule' })
}
