import { expect } from 'vitest'
import { routes } from '../../../src/cli/routes.js'
import type { Report } from '../../../src/report/index.js'

type Table = Report['tables'][number]
type Row = Table['rows'][number]

/** Columns with parts of one whole: each row's share of it. `*` stands for every table of a command. */
const WHOLES: Record<string, readonly string[]> = {
  'ring/distribution': ['share', 'load'],
  'ring weights/weights': ['share', 'idealShare'],
  'evict distributed/nodes': ['load'],
  'memcached slabs/classes': ['share'],
  'memcached ring/distribution': ['share', 'expected'],
}

/** Cells of a row of which the first are the sum of the others. */
const SUMS: Record<string, readonly (readonly [whole: readonly string[], parts: readonly string[]])[]> = {
  'evict/hit-ratio': [[['requests'], ['hits', 'misses']]],
  'replicate/copies': [[['total'], ['primary', 'replica']]],
  'replicate/availability': [
    [['keys'], ['readable', 'lost']],
    [['readable'], ['primaryReads', 'replicaReads']],
  ],
  'memcached ring/death': [[['moved'], ['failing', 'stray']]],
  'cluster reshard/nodes': [
    [
      ['before', 'taken'],
      ['slots', 'given'],
    ],
  ],
  'cluster add-node/nodes': [
    [
      ['before', 'taken'],
      ['slots', 'given'],
    ],
  ],
  'cluster remove-node/nodes': [
    [
      ['before', 'taken'],
      ['slots', 'given'],
    ],
  ],
}

/** Cells of a row, none of which is larger than one that follows. */
const ASCENDING: Record<string, readonly (readonly string[])[]> = {
  '*': [
    ['low', 'high'],
    ['low', 'hitRatio', 'high'],
    ['low', 'stddev', 'high'],
    ['low', 'probability', 'high'],
    ['exponentLow', 'exponent', 'exponentHigh'],
    ['minShare', 'maxShare'],
    ['p50', 'p99'],
    ['p50', 'p99', 'most'],
    ['killedMean', 'killedWorst', 'powerWorst'],
    ['killedMean', 'powerMean', 'powerWorst'],
    ['errors', 'requests'],
    ['errors', 'reads'],
    ['fallbacks', 'reads'],
    ['stale', 'reads'],
    ['gone', 'reads'],
    ['writeErrors', 'writes'],
    ['writeErrors', 'writes', 'requests'],
    ['met', 'runs'],
    ['broken', 'schedules'],
    ['misses', 'requests'],
    ['lost', 'worst'],
    ['staleShare', 'hitRatio'],
  ],
}

/** The program's name and the first word of a command. */
const COMMAND = new RegExp(`cachelab (${routes.map(({ path }) => path[0]).join('|')}|--)`)

const number = (row: Row, key: string) => (typeof row[key] === 'number' ? (row[key] as number) : undefined)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** What holds for every report: numbers that are some, shares of a whole, sums, and what can't be larger than another. */
export function expectConsistent(report: Report, line: string): void {
  const faults: string[] = []
  for (const table of report.tables) {
    const name = `${report.command}/${table.name}`
    const has = (key: string) => table.columns.some((column) => column.key === key)
    const note = (what: string, row: unknown) => faults.push(`${name}: ${what}: ${JSON.stringify(row)}`)
    for (const row of table.rows) {
      for (const { key, unit, signed } of table.columns) {
        const value = number(row, key)
        if (row[key] === undefined) note(`no ${key}`, row)
        if (value === undefined) continue
        if (unit !== undefined && !signed && value < 0) note(`${key} below 0`, row)
        if (unit === 'ratio' && !signed && value > 1 + 1e-9 && !MAY_EXCEED.has(key))
          note(`${key} above 1`, row)
      }
      for (const keys of [...ASCENDING['*'], ...(ASCENDING[name] ?? [])]) {
        const values = keys.map((key) => number(row, key))
        if (
          keys.every(has) &&
          values.every((value, i) => i === 0 || (values[i - 1] ?? 0) <= (value ?? Infinity) + 1e-9) === false
        )
          note(`${keys.join(' ≤ ')} does not hold`, row)
      }
      for (const [whole, parts] of SUMS[name] ?? []) {
        // The report on real servers has other columns.
        if (![...whole, ...parts].every(has)) continue
        const [left, right] = [whole, parts].map((keys) => sum(keys.map((key) => number(row, key) ?? 0)))
        if (Math.abs(left - right) > 1e-9 * Math.max(1, left))
          note(`${whole.join(' + ')} ≠ ${parts.join(' + ')}`, row)
      }
    }
    for (const key of WHOLES[name] ?? []) {
      const shares = table.rows.flatMap((row) => number(row, key) ?? [])
      if (shares.length > 0 && Math.abs(sum(shares) - 1) > 1e-9)
        note(`${key} adds up to ${sum(shares)}`, shares)
    }
  }
  for (const { id, text, command } of report.findings) {
    if (COMMAND.test(text)) faults.push(`${id}: a command in a sentence can't be copied: ${text}`)
    if (command !== undefined && !text.endsWith(':'))
      faults.push(`${id} doesn't lead to its command: ${text}`)
  }
  expect([line, faults]).toEqual([line, []])
}

/** Ratios to something that need not be the larger: deviations, and distances from a fair share. */
const MAY_EXCEED = new Set(['stddev', 'expectedStddev', 'within', 'low', 'high', 'maxDeviation', 'maxShare'])
