import { formatNumber } from './format.js'
import type { Column, Figure, SequenceLine, Table } from './report.js'

/** Its title; a figure of rings has those of its rings. */
export const figureTitle = (figure: Figure): string =>
  figure.kind === 'ring'
    ? figure.rings
        .map(({ title }) => title)
        .filter((title) => title !== '')
        .join(', ') || 'The ring'
    : figure.title

/** What a figure shows, in a sentence or two, for those who don't see it. Its values are in `figureTable`. */
export function describeFigure(figure: Figure): string {
  switch (figure.kind) {
    case 'curves': {
      const values = figure.series.flatMap(({ points }) => points.flatMap(([, y]) => y ?? []))
      const range = [Math.min(...values), Math.max(...values)].map((value) =>
        formatNumber(value, figure.y.unit),
      )
      const names = listOf(figure.series.map(({ name }) => name))
      const at = (place: number) => formatNumber(place, figure.x.unit)
      const events = (figure.events ?? [])
        .map((one) => ` ${one.text}: ${at(one.at)}${one.until === undefined ? '' : ` to ${at(one.until)}`}.`)
        .join('')
      if (values.length === 0) return `No data of ${names}.`
      return `Curves of ${names}: ${figure.y.label} against ${figure.x.label}, from ${range.join(' to ')}.${events}`
    }
    case 'bars':
      return `Bars of ${figure.value.label} for ${listOf(figure.categories)}.`
    case 'heat':
      return `A grid of ${figure.value.label}: ${listOf(figure.rows)} against ${listOf(figure.columns)}.`
    case 'strips':
      return `What ${figure.x.label} belong to: ${listOf(figure.rows.map(({ name }) => name))}, divided among ${listOf(figure.owners)}.`
    case 'ring':
      return `A hash ring of ${listOf(figure.nodes)}, clockwise from the top.`
    case 'sequence':
      return `Messages between ${listOf(figure.actors)}, in the order of time.`
  }
}

const MOST_NAMED = 12

function listOf(names: readonly string[]): string {
  if (names.length > MOST_NAMED)
    return `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** What a figure is drawn from, as a table. */
export function figureTable(figure: Figure): Table {
  const { columns, rows } = valuesOf(figure)
  return {
    name: 'figure',
    title: figureTitle(figure),
    columns,
    rows: rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [columns[i].key, cell]))),
  }
}

interface Values {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const column = (label: string, i: number, unit?: Column['unit']): Column => ({
  key: `c${i}`,
  label,
  ...(unit === undefined ? {} : { unit }),
})

function valuesOf(figure: Figure): Values {
  switch (figure.kind) {
    case 'curves': {
      const xs = [...new Set(figure.series.flatMap(({ points }) => points.map(([x]) => x)))].sort(
        (a, b) => a - b,
      )
      const found = figure.series.map(({ points }) => new Map(points.map(([x, y]) => [x, y])))
      return {
        columns: [
          column(figure.x.label, 0, figure.x.unit),
          ...figure.series.map(({ name }, i) => column(name, i + 1, figure.y.unit)),
        ],
        rows: xs.map((x) => [x, ...found.map((series) => series.get(x) ?? null)]),
      }
    }
    case 'bars':
      return {
        columns: [
          column('', 0),
          ...figure.series.map(({ name }, i) => column(name || figure.value.label, i + 1, figure.value.unit)),
        ],
        rows: figure.categories.map((name, i) => [name, ...figure.series.map(({ values }) => values[i])]),
      }
    case 'heat':
      return {
        columns: [column('', 0), ...figure.columns.map((name, i) => column(name, i + 1, figure.value.unit))],
        rows: figure.rows.map((name, i) => [name, ...figure.values[i]]),
      }
    case 'strips':
      return {
        columns: [
          column('', 0),
          column('from', 1, figure.x.unit),
          column('to', 2, figure.x.unit),
          column('belongs to', 3),
        ],
        rows: figure.rows.flatMap(({ name, spans }) =>
          spans.map(({ from, to, owner }) => [name, from, to, figure.owners[owner]]),
        ),
      }
    case 'ring':
      return {
        columns: [column('ring', 0), column('arc ends at', 1), column('node', 2)],
        rows: figure.rings.flatMap(({ title, arcs }) =>
          arcs.map(({ at, node }) => [title, at, figure.nodes[node]]),
        ),
      }
    case 'sequence':
      return {
        columns: [column('ms', 0), column('from', 1), column('to', 2), column('what', 3)],
        rows: figure.lines.map((line) => sequenceRow(line, figure.actors)),
      }
  }
}

function sequenceRow(line: SequenceLine, actors: readonly string[]): (string | number | null)[] {
  const names = (some: readonly number[]) => some.map((actor) => actors[actor]).join(', ')
  if ('who' in line) return [line.at, names(line.who), null, line.text]
  return [line.at, actors[line.from], names(line.to), `${line.text}${line.isLost ? ' (lost)' : ''}`]
}
