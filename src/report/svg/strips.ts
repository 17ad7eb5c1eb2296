import { scaleLinear } from 'd3-scale'
import { formatNumber } from '../format.js'
import { letterOf } from '../letters.js'
import { element, join, type Markup } from '../markup.js'
import type { StripFigure } from '../report.js'
import { AXIS_HEIGHT, horizontalAxis, type Scale } from './axis.js'
import { colourOf, type Drawing, FONT, fitted, LINE, label, legend, textWidth, tipped } from './drawing.js'

const BAND = 26
const GAP = 8

/** A range in rows, each divided among owners. */
export function drawStrips({ x: axis, owners, rows }: StripFigure, width: number): Drawing {
  const used = new Set(rows.flatMap(({ spans }) => spans.map(({ owner }) => owner)))
  const keys = owners.flatMap((name, series) =>
    used.has(series)
      ? [
          {
            name: `${letterOf(series)} ${name}`,
            series,
            sample: element('rect', { class: 'part', x: -10, y: -6, width: 20, height: 12 }),
          },
        ]
      : [],
  )
  const head = legend(keys, width)
  const isBeside = width >= 500
  const left = isBeside ? Math.min(180, Math.max(...rows.map(({ name }) => textWidth(name)))) + 10 : 0
  const step = BAND + GAP + (isBeside ? 0 : LINE)
  const top = head.height + 6
  const bottom = top + rows.length * step
  const values = rows.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
  const x = wholeRange(axis, values, [left, width - 20])
  const content = join(
    head.content,
    rows.map(({ name, spans }, i) => {
      const at = top + i * step + (isBeside ? 0 : LINE)
      const text = isBeside
        ? label(left - 8, at + BAND / 2 + FONT * 0.35, fitted(name, left - 10), { anchor: 'end' })
        : label(0, at - 5, fitted(name, width))
      return join(
        text,
        spans.map((span) => part(span, owners[span.owner], name, { at, x, axis })),
      )
    }),
    horizontalAxis(x, left, width - 20, bottom, bottom),
  )
  return { width, height: bottom + AXIS_HEIGHT, content }
}

/** What is divided ends where its last part does, not at a round value: no slot follows the last. Both ends are ticks. */
function wholeRange(
  { label, unit }: StripFigure['x'],
  values: readonly number[],
  range: readonly [number, number],
): Scale {
  const ends = [Math.min(...values), Math.max(...values)]
  const scale = scaleLinear().domain(ends).range(range)
  const textOf = (value: number) => formatNumber(value, unit)
  const apart = Math.max(...ends.map((value) => textWidth(textOf(value)))) + FONT
  const count = Math.max(2, Math.floor((range[1] - range[0]) / 70))
  const between = scale
    .ticks(count)
    .filter((value) => ends.every((end) => Math.abs(scale(value) - scale(end)) >= apart))
  const ticks = [ends[0], ...between, ends[1]].map((value) => ({ at: scale(value), text: textOf(value) }))
  return Object.assign((value: number) => scale(value), { label, ticks })
}

function part(
  { from, to, owner }: StripFigure['rows'][number]['spans'][number],
  name: string,
  row: string,
  { at, x, axis }: { at: number; x: (value: number) => number; axis: StripFigure['x'] },
): Markup {
  const width = Math.max(0.5, x(to) - x(from))
  const range = `${formatNumber(from, axis.unit)} to ${formatNumber(to, axis.unit)}`
  return element(
    'g',
    { class: colourOf(owner) },
    tipped('rect', { class: 'part', x: x(from), y: at, width, height: BAND }, `${row}, ${range}: ${name}`),
    width > FONT
      ? label(x(from) + width / 2, at + BAND / 2 + FONT * 0.35, letterOf(owner), {
          anchor: 'middle',
          style: 'on',
        })
      : undefined,
  )
}
