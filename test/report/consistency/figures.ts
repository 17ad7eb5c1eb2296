import type { Cell, Figure, Report } from '../../../src/report/report.js'

type Numbers = readonly (number | null)[]
type Interval = readonly [value: number, low: number, high: number]

/** What is drawn, as lists of numbers each of which is in one column of a table, and the intervals of some of them. */
function drawn(figure: Figure): { lists: readonly Numbers[]; intervals: readonly Interval[] } {
  switch (figure.kind) {
    case 'curves': {
      const points = figure.series.flatMap((series) => series.points)
      return {
        lists: figure.series.map((series) => series.points.map(([, y]) => y)),
        intervals: points.flatMap(([, y, low, high]) =>
          y === null || low === undefined || high === undefined ? [] : [[y, low, high] as const],
        ),
      }
    }
    case 'bars':
      return {
        lists: figure.series.map(({ values }) => values),
        intervals: figure.series.flatMap(({ values, intervals = [] }) =>
          intervals.flatMap((one, i) => (one === null ? [] : [[values[i] ?? Number.NaN, ...one] as const])),
        ),
      }
    case 'heat':
      return { lists: figure.values, intervals: [] }
    case 'strips':
      return {
        lists: figure.rows.map(({ spans }) =>
          figure.owners
            .map((_, owner) =>
              spans.reduce((sum, span) => sum + (span.owner === owner ? span.to - span.from : 0), 0),
            )
            .filter((sum) => sum > 0),
        ),
        intervals: [],
      }
    default:
      return { lists: [], intervals: [] }
  }
}

/** The number in a cell, or those of a list such as `4:2 22:7`. */
function numbersIn(cell: Cell): number[] {
  if (typeof cell === 'string') return [...cell.matchAll(/\d+:(\d+)/g)].map(([, count]) => Number(count))
  return typeof cell === 'number' ? [cell] : []
}

/** Figures that differ from the table that shows the same, that show nothing, or whose intervals don't hold their values. */
export function figureFaults({ figures = [], tables }: Report): string[] {
  // What a figure draws together is in a column of a table, or in a row.
  const columns = tables.flatMap(({ columns, rows }) => [
    ...columns.map(({ key }) => rows.map((row) => row[key])),
    ...rows.map((row) => columns.map(({ key }) => row[key])),
  ])
  const isShown = (list: Numbers) =>
    columns.some((cells) =>
      list.every(
        (value) =>
          value === null ||
          cells.flatMap(numbersIn).some((number) => Math.abs(number - value) <= 1e-9 * Math.abs(value)),
      ),
    )
  return figures.flatMap((figure) => {
    const title = figure.kind === 'ring' ? 'ring' : figure.title
    const { lists, intervals } = drawn(figure)
    const isEmpty = lists.length > 0 && lists.flat().every((value) => value === null)
    return [
      ...(isEmpty ? [`${title} shows nothing`] : []),
      ...('shownElsewhere' in figure
        ? lists.filter((list) => !isShown(list)).map((list) => `${title}: no table has ${list.join(', ')}`)
        : []),
      ...intervals
        // One without width says nothing of the value, and isn't drawn.
        .filter(([value, low, high]) => low < high && !(low <= value + 1e-9 && value <= high + 1e-9))
        .map((one) => `${title}: ${one.join(', ')} is no value with its interval`),
    ]
  })
}
