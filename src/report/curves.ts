import { formatNumber } from './format.js'
import type { Paint } from './paint.js'
import type { Axis, CurveFigure, Point } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

const HEIGHT = 12
const MARKS = ['●', '○', '×', '+', '◆', '△', '□', '*', '◇', '▲', '■', '☆', '▽', '◉', '#', '@']

/**
 * Curves as a grid of characters: a mark of its own for each series, so that they can be told apart without
 * colour, dots in between. Where two meet, the first is on top.
 */
export function renderCurves(figure: CurveFigure, width: number, paint: Paint): string[] {
  const drawn = figure.series.map((series) => series.points.filter(isDrawn))
  const points = drawn.flat()
  if (points.length === 0) return [...wrap(figure.title, width).map(paint.bold), 'no data']
  const x = scale(
    figure.x,
    points.map((point) => point[0]),
  )
  const y = scale(
    figure.y,
    points.map((point) => point[1]),
  )
  const labels = ticks(y, (value) => formatNumber(value, figure.y.unit)).reverse()
  const margin = Math.max(...labels.map((label) => label.length)) + 1
  const columns = Math.max(10, width - margin - 2)
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(columns).fill(' '))

  for (const [index, series] of [...drawn.entries()].reverse()) {
    const cells = series.map(([px, py]) => ({
      column: Math.round(x.place(px) * (columns - 1)),
      row: (1 - y.place(py)) * (HEIGHT - 1),
    }))
    for (let i = 1; i < cells.length; i++) {
      const [from, to] = [cells[i - 1], cells[i]]
      for (let column = from.column + 1; column < to.column; column++) {
        const share = (column - from.column) / (to.column - from.column)
        grid[Math.round(from.row + (to.row - from.row) * share)][column] = paint.series(index, '·')
      }
    }
    for (const cell of cells)
      grid[Math.round(cell.row)][cell.column] = paint.series(index, MARKS[index % MARKS.length])
  }

  const labelled = new Map([
    [0, labels[0]],
    [Math.round((HEIGHT - 1) / 2), labels[1]],
    [HEIGHT - 1, labels[2]],
  ])
  return [
    ...wrap(figure.title, width).map(paint.bold),
    ...grid.map((row, i) => `${(labelled.get(i) ?? '').padStart(margin)} ┤${row.join('')}`.trimEnd()),
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    ...axisLines(figure.x, x, columns, margin + 2),
    ...legendLines(figure.series, width, paint),
  ]
}

const isDrawn = (point: Point): point is Point & { readonly 1: number } => point[1] !== null

/** The marks and the names of their series, as many a line as there is room for. */
function legendLines(series: CurveFigure['series'], width: number, paint: Paint): string[] {
  const lines: string[][] = [[]]
  let used = 0
  for (const [index, { name }] of series.entries()) {
    const entry = displayWidth(name) + 2
    if (used > 0 && used + 3 + entry > width) {
      lines.push([])
      used = 0
    }
    lines[lines.length - 1].push(`${paint.series(index, MARKS[index % MARKS.length])} ${name}`)
    used += entry + (used > 0 ? 3 : 0)
  }
  return lines.flatMap((entries) => wrap(entries.join('   '), width))
}

interface Scale {
  readonly log: boolean
  readonly low: number
  readonly high: number
  /** Where a value lies, 0 … 1. */
  place(value: number): number
  invert(transformed: number): number
}

/** A logarithmic axis has no place for 0: with it the axis is linear. */
function scale(axis: Axis, values: readonly number[]): Scale {
  const log = axis.log === true && values.every((value) => value > 0)
  const transform = log ? Math.log10 : (value: number) => value
  const low = log ? transform(Math.min(...values)) : Math.min(0, ...values)
  const high = transform(Math.max(...values))
  return {
    log,
    low,
    high,
    place: (value) => (high === low ? 0.5 : (transform(value) - low) / (high - low)),
    invert: (value) => (log ? Number((10 ** value).toPrecision(6)) : value),
  }
}

/** The values at the ends and in the middle of an axis; in the middle alone where all are the same. */
function ticks({ low, high, invert }: Scale, format: (value: number) => string): string[] {
  const shown = [low, (low + high) / 2, high].map((value) => format(invert(value)))
  return low === high ? ['', shown[1], ''] : shown
}

/** Three values under the axis, and its name. */
function axisLines(axis: Axis, scale: Scale, columns: number, indent: number): string[] {
  const [first, middle, last] = ticks(scale, (value) =>
    formatNumber(axis.unit === 'count' ? Math.round(value) : value, axis.unit),
  )
  const half = Math.floor(columns / 2) - Math.floor(middle.length / 2)
  const line = (first.padEnd(half) + middle).padEnd(columns - last.length) + last
  const label = wrap(`${axis.label}${scale.log ? ' (logarithmic)' : ''}`, columns)
  return [line, ...label].map((text) => (' '.repeat(indent) + text).trimEnd())
}
