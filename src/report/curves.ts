import { type RoundAxis, roundAxis } from './axis.js'
import type { Place } from './braille.js'
import { CurveGrid, markOf, type Track } from './curve-grid.js'
import type { Paint } from './paint.js'
import { type CurveFigure, type Event, isDrawn } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

const HEIGHT = 12
/** Texts of events stand in so many rows at most, so that neighbours don't cover each other. */
const EVENT_ROWS = 3
/** Names stand at the ends of their curves where there is room for them, and so few. */
const MOST_NAMED = 8
const LEAST_COLUMNS = 40
/** Columns from one tick to the next, about. */
const TICK_COLUMNS = 14

/**
 * Curves as a grid of characters: a mark of its own for each series, lines of braille in between, or of full stops in
 * ASCII. What happens on the way is a dotted line with its text above, what they are compared with a line across.
 */
export function renderCurves(figure: CurveFigure, width: number, paint: Paint, isAscii = false): string[] {
  const { series, events = [], rules = [] } = figure
  const title = wrap(figure.title, width).map(paint.bold)
  const points = series.flatMap((one) => one.points.filter(isDrawn))
  if (points.length === 0) return [...title, 'no data']
  const ys = [...points.map(([, y]) => y), ...rules.map(({ at }) => at)]
  const y = roundAxis(figure.y, ys, [HEIGHT - 1, 0], 4)
  const margin = Math.max(...y.ticks.map(({ text }) => displayWidth(text))) + 1
  const room = Math.max(10, width - margin - 2)
  const names = namesAtEnds(series, y, room, paint)
  const columns = room - names.width
  const xs = [...points.map(([x]) => x), ...events.flatMap(({ at, until }) => [at, until ?? at])]
  const x = roundAxis(figure.x, xs, [0, columns - 1], Math.max(2, Math.floor(columns / TICK_COLUMNS)), true)

  const grid = new CurveGrid(HEIGHT, columns, paint)
  for (const { at } of rules) grid.across(Math.round(y.place(at)))
  for (const { at } of events) grid.down(Math.round(x.place(at)))
  const place = ([at, value]: readonly [number, number]) => ({ column: x.place(at), row: y.place(value) })
  grid.curves(
    series.map((one) => trackOf(one.points, place)),
    isAscii,
  )
  const unwritten = rules.filter(({ at, text }) => !grid.write(Math.round(y.place(at)), text))
  const labels = new Map(y.ticks.map(({ at, text }) => [Math.round(at), text]))
  const indent = ' '.repeat(margin + 2)
  return [
    ...title,
    ...eventRows(events, x, columns).map((row) => paint.dim((indent + row).trimEnd())),
    ...grid
      .lines()
      .map((row, i) => `${(labels.get(i) ?? '').padStart(margin)} ┤${row}${names.rows[i] ?? ''}`.trimEnd()),
    `${' '.repeat(margin)} └${axisLine(x, events, columns)}`,
    (indent + tickLine(x, columns)).trimEnd(),
    ...wrap(x.label, columns).map((line) => indent + line),
    ...legendLines(
      [
        ...(names.width > 0
          ? []
          : series.map(({ name }, i) => ({ sample: paint.series(i, markOf(i)), name }))),
        ...unwritten.map(({ text }) => ({ sample: paint.dim('╌'), name: text })),
      ],
      width,
    ),
  ]
}

/** Where the points of a series are. No line goes over one that has no value. */
function trackOf(
  points: CurveFigure['series'][number]['points'],
  place: (point: readonly [number, number]) => Place,
): Track {
  const places = points.map((point) => (isDrawn(point) ? place([point[0], point[1]]) : undefined))
  return {
    places: places.filter((one) => one !== undefined),
    joined: places.flatMap((to, i) => {
      const from = places[i - 1]
      return from && to ? [[from, to] as const] : []
    }),
  }
}

/** The names at the ends of their curves, by row, moved apart where two would be in one; none without room for them. */
function namesAtEnds(series: CurveFigure['series'], y: RoundAxis, room: number, paint: Paint) {
  const width = Math.max(...series.map(({ name }) => displayWidth(name))) + 4
  if (series.length > MOST_NAMED || room - width < LEAST_COLUMNS) return { width: 0, rows: [] }
  const ends = series
    .map(({ name, points }, i) => ({ name, i, at: Math.round(y.place(points.findLast(isDrawn)?.[1] ?? 0)) }))
    .sort((a, b) => a.at - b.at)
  const rows = new Array<string | undefined>(HEIGHT)
  for (const [k, { name, i, at }] of ends.entries()) {
    // The names that follow need a row each.
    let row = Math.min(at, HEIGHT - (ends.length - k))
    while (rows[row] !== undefined) row++
    rows[row] = `  ${paint.series(i, `${markOf(i)} ${name}`)}`
  }
  return { width, rows }
}

/** The texts of events, each at its place, beside others where there is room. */
function eventRows(events: readonly Event[], x: RoundAxis, columns: number): string[] {
  const rows: string[][] = []
  for (const { at, text } of events) {
    const column = Math.round(x.place(at))
    const letters = [...`┊${text}`]
    const isLeft = column + letters.length > columns && column > columns / 2
    const shown = isLeft ? [...letters.slice(1), '┊'] : letters.slice(0, columns - column)
    const from = isLeft ? Math.max(0, column - shown.length + 1) : column
    const isFree = (row: readonly string[]) =>
      row.slice(Math.max(0, from - 1), from + shown.length + 1).every((cell) => cell === ' ')
    if (!rows.some(isFree) && rows.length < EVENT_ROWS) rows.push(new Array<string>(columns).fill(' '))
    rows.find(isFree)?.splice(from, shown.length, ...shown)
  }
  return rows.map((row) => row.join(''))
}

/** The axis below, with its ticks, and double where something lasts. */
function axisLine(x: RoundAxis, events: readonly Event[], columns: number): string {
  const cells = new Array<string>(columns).fill('─')
  for (const { at } of x.ticks) cells[Math.round(at)] = '┬'
  for (const { at, until = at } of events)
    if (until > at) cells.fill('═', Math.round(x.place(at)), Math.round(x.place(until)) + 1)
  return cells.join('')
}

/** The values of the ticks, each below its own; one that would touch another is left out. */
function tickLine(x: RoundAxis, columns: number): string {
  let line = ''
  for (const { at, text } of x.ticks) {
    const from = Math.max(0, Math.min(columns - text.length, Math.round(at - text.length / 2 + 0.5)))
    if (line === '' || from > line.length) line = line.padEnd(from) + text
  }
  return line
}

/** Samples and what they stand for, as many a line as there is room for. */
function legendLines(
  keys: readonly { readonly sample: string; readonly name: string }[],
  width: number,
): string[] {
  const lines: string[][] = []
  let used = 0
  for (const { sample, name } of keys) {
    const entry = displayWidth(name) + 2
    if (used === 0 || used + 3 + entry > width) {
      lines.push([])
      used = 0
    }
    lines[lines.length - 1].push(`${sample} ${name}`)
    used += entry + (used > 0 ? 3 : 0)
  }
  return lines.flatMap((entries) => wrap(entries.join('   '), width))
}
