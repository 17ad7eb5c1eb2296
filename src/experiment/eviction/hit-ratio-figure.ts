import type { Figure } from '../../report/report.js'
import { comparedBars } from '../bars.js'

/** A hit ratio, and which of several workloads, traces and capacities it belongs to. */
export interface HitRatioCell {
  readonly policy: string
  readonly group: string
  readonly hitRatio: number | null
  readonly low?: number | null
  readonly high?: number | null
  readonly expected?: number | null
}

/** Bars where only policies differ, or only the rest; else a grid. */
export function hitRatioFigures(cells: readonly HitRatioCell[]): Figure[] {
  const policies = [...new Set(cells.map(({ policy }) => policy))]
  const groups = [...new Set(cells.map(({ group }) => group))]
  const value = { label: 'hit ratio', unit: 'ratio' } as const
  if (cells.every(({ hitRatio }) => hitRatio === null)) return []
  if (policies.length > 1 && groups.length > 1)
    return [
      {
        kind: 'heat',
        title: 'Hit ratio',
        shownElsewhere: true,
        value,
        rows: policies,
        columns: groups,
        values: policies.map((policy) =>
          groups.map(
            (group) => cells.find((cell) => cell.policy === policy && cell.group === group)?.hitRatio ?? null,
          ),
        ),
      },
    ]
  const expected = cells.map((cell) => cell.expected ?? null)
  return comparedBars({
    title: 'Hit ratio',
    value,
    categories: cells.map(({ policy, group }) => (groups.length > 1 ? group : policy)),
    series: [
      {
        name: expected.some((one) => one !== null) ? 'measured' : '',
        values: cells.map(({ hitRatio }) => hitRatio),
        intervals: cells.map(({ low, high }) =>
          low != null && high != null ? ([low, high] as const) : null,
        ),
      },
      ...(expected.some((one) => one !== null) ? [{ name: 'expected', values: expected }] : []),
    ],
  })
}
