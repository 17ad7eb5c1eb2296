import { figureTable } from './figure-text.js'
import { formatNumber } from './format.js'
import type { Paint } from './paint.js'
import type { HeatFigure } from './report.js'
import { renderTable } from './table.js'
import { wrap } from './wrap.js'

const SHADES = '░▒▓█'

/** A grid of values, each with a shade beside it: four steps from the least value to the greatest. */
export function renderHeat(figure: HeatFigure, width: number, paint: Paint): string[] {
  const { title, value, values } = figure
  const known = values.flat().filter((each) => each !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const textOf = (each: number | null) => formatNumber(each, value.unit)
  const widest = Math.max(0, ...values.flat().map((each) => textOf(each).length))
  const shadeOf = (each: number) => {
    const step = high > low ? Math.floor(((each - low) / (high - low)) * SHADES.length) : 0
    return SHADES[Math.min(step, SHADES.length - 1)].repeat(2)
  }
  // A space that is not broken keeps a value beside its shade.
  const cellOf = (each: number | null) =>
    `${each === null ? '  ' : shadeOf(each)} ${textOf(each).padStart(widest)}`.replaceAll(' ', '\u00a0')
  const { columns, rows, ...table } = figureTable(figure)
  const shaded = {
    ...table,
    columns: columns.map(({ unit, ...column }) => column),
    rows: rows.map((row, i) => ({
      ...row,
      ...Object.fromEntries(values[i].map((each, k) => [columns[k + 1].key, cellOf(each)])),
    })),
  }
  return [
    ...wrap(title, width).map(paint.bold),
    ...renderTable(shaded, width, paint).split('\n'),
    ...(known.length > 0
      ? wrap(`${value.label}: ${SHADES[0]} from ${textOf(low)}, ${SHADES.at(-1)} to ${textOf(high)}`, width)
      : []),
  ]
}
