import { formatBytes, formatDuration } from '../../report/format.js'
import type { CurveFigure, StripFigure } from '../../report/report.js'

/** Pages of each slab class in use, by the class's number. */
export type PagesOfClasses = ReadonlyMap<number, number>

/** A memory in each interval of the same length. */
interface Course {
  readonly name: string
  readonly ratios: readonly number[]
  readonly pages: readonly PagesOfClasses[]
}

/** Hit ratios over time; `interval` in seconds. */
export const hitRatioCurves = (courses: readonly Course[], interval: number): CurveFigure => ({
  kind: 'curves',
  title: 'Hit ratio over time',
  x: { label: 'seconds' },
  y: { label: 'hit ratio', unit: 'ratio' },
  series: courses.map(({ name, ratios }) => ({
    name,
    points: ratios.map((ratio, row) => [row * interval, ratio] as const),
  })),
})

/**
 * Which classes hold the pages when the first value size has gone by, and at the end in each memory. `sizes` are the
 * bytes of the values in each interval, `interval` is in seconds.
 */
export function pageStrips(
  [first, ...others]: readonly Course[],
  sizes: readonly number[],
  interval: number,
  nameOf: (number: number) => string,
): StripFigure {
  const change = sizes.findIndex((size) => size !== sizes[0])
  const last = sizes.length - 1
  const rows = [
    ...(change > 0
      ? [
          {
            name: `after ${formatDuration(change * interval * 1000)} of ${formatBytes(sizes[0])}`,
            pages: first.pages[change - 1],
          },
        ]
      : []),
    ...[first, ...others].map(({ name, pages }) => ({ name: `at the end, ${name}`, pages: pages[last] })),
  ]
  const numbers = [...new Set(rows.flatMap(({ pages }) => [...pages.keys()]))].sort((a, b) => a - b)
  return {
    kind: 'strips',
    title: 'Pages of each slab class',
    shownElsewhere: true,
    x: { label: 'pages', unit: 'count' },
    owners: numbers.map(nameOf),
    rows: rows.map(({ name, pages }) => ({ name, spans: spansOf(numbers, pages) })),
  }
}

function spansOf(numbers: readonly number[], pages: PagesOfClasses): StripFigure['rows'][number]['spans'] {
  let from = 0
  return numbers.flatMap((number, owner) => {
    const count = pages.get(number) ?? 0
    from += count
    return count > 0 ? [{ from: from - count, to: from, owner }] : []
  })
}
