import { figureTable } from './figure-text.js'
import { formatNumber } from './format.js'
import type { Paint } from './paint.js'
import type { BarFigure } from './report.js'
import { bar, renderTable } from './table.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

/** Columns of the longest bar. */
const LENGTH = { least: 8, most: 40 }
const RULE = '│'
const BAND = '░'

/**
 * Bars of blocks after their values, to an eighth of a character, with lines at the values that they are compared with
 * and a shade where they are expected to end. A table of the values where some are negative or there is no room.
 */
export function renderBars(figure: BarFigure, width: number, paint: Paint): string[] {
  const { title, value, categories, series, band, rules = [] } = figure
  const textOf = (each: number | null) => formatNumber(each, value.unit)
  const rows = categories.flatMap((category, i) =>
    series.map(({ name, values }, k) => {
      const cells = [k === 0 ? category : '', ...(series.length > 1 ? [name] : [])]
      return { cells, value: values[i], text: textOf(values[i]), series: k }
    }),
  )
  const names = columnsOf(rows.map(({ cells }) => cells))
  const digits = Math.max(0, ...rows.map(({ text }) => displayWidth(text)))
  const heads = rows.map(({ text }, i) => `${names[i]}${' '.repeat(digits - displayWidth(text))}${text}  `)
  const values = rows.flatMap((row) => row.value ?? [])
  const most = Math.max(...values, ...rules.map(({ at }) => at), band?.high ?? 0)
  const length = Math.min(LENGTH.most, width - displayWidth(heads[0] ?? '') - 1)
  const heading = wrap(title, width).map(paint.bold)
  if (length < LENGTH.least || !(most > 0) || values.some((each) => each < 0))
    return [...heading, ...renderTable(figureTable(figure), width, paint).split('\n')]

  const place = (at: number) => (at / most) * length
  const behind = Array.from({ length: length + 1 }, (_, column) => {
    if (rules.some(({ at }) => Math.floor(place(at)) === column)) return RULE
    return band && column >= Math.floor(place(band.low)) && column < place(band.high) ? BAND : ' '
  })
  const lines = rows.map((row, i) => {
    const blocks = [...bar(place(row.value ?? 0))].map((block, at) => (behind[at] === RULE ? RULE : block))
    const rest = behind.slice(blocks.length).join('').trimEnd()
    return `${heads[i]}${paint.series(row.series, blocks.join(''))}${paint.dim(rest)}`.trimEnd()
  })
  return [
    ...heading,
    ...lines,
    ...(band ? wrap(`${BAND} ${textOf(band.low)} to ${textOf(band.high)}: ${band.text}`, width) : []),
    ...rules.flatMap(({ at, text }) => wrap(`${RULE} ${textOf(at)}: ${text}`, width)),
  ]
}

/** The cells of each row beside one another, each column as wide as its widest cell and a gap. */
function columnsOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => displayWidth(cells[i]))))
  return rows.map((cells) =>
    cells.map((cell, i) => cell + ' '.repeat(widths[i] - displayWidth(cell) + 2)).join(''),
  )
}
