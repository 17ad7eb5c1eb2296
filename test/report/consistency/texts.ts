import type { Report } from '../../../src/report/index.js'
import { told } from './rules/texts.js'
import type { Finding } from './rules/values.js'

/** Names with digits in them, what a reader types, what was quoted, and formulas' exponents. */
const NAMES =
  /"[^"]*"|--[\w-]+( [\d.]+m?s?\b)?|\([^()]*\) =|[\w-]*[A-Za-z][\w-]*[-#]?\d[\w#-]*|O\([^)]*\)|√\([^)]*\)+|\b[A-Z][a-z]+ \d+(\.\d+)*(?=[:.,]| \()/g
/** Bounds are in no table. That an interval holds its mean is an invariant, and how likely it is to, a choice. */
const INTERVALS =
  /((9\d% )?interval( of the difference)?|(9\d% )?of (rings|key lists)(:| lie between)) [−-]?[\d.,]+(%|×| ms)?( to | and )[−-]?[\d.,]+(%|×)?|\b9\d% (interval|of|only|for all)|have at most [\d.]+%/gi
const NUMBER = /(?<![\w.])[−-]?\d+(?:,\d{3})*(?:\.\d+)?/g
/** What stands behind a number, and what a value of a report is multiplied by to be shown so. */
const SCALES: readonly [RegExp, readonly number[]][] = [
  [/^(%| percentage points)/, [100, 1]],
  [/^ (s|seconds)\b/, [0.001, 1]],
  [/^ (k\/s|kB|kilobytes)/, [0.001, 1]],
  [/^ (M\/s|MB)/, [1e-6, 1]],
  [/^ (G\/s|GB)/, [1e-9, 1]],
  [/^ TB/, [1e-12, 1]],
]

/** All numbers that a reader finds in a value: itself, or those in a text such as `10 MiB`. */
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'string'
      ? [...value.matchAll(/\d+(?:,\d{3})*(?:\.\d+)?/g)].map(([text]) => Number(text.replaceAll(',', '')))
      : Array.isArray(value)
        ? value.flatMap(numbersIn)
        : []

/** Parameters, cells, and how many rows there are, with the sum of each column. */
function sourcesOf({ parameters, tables }: Report): number[] {
  const cells = tables.flatMap(({ rows, columns }) => [
    rows.length,
    ...rows.flatMap((row) => Object.values(row).flatMap(numbersIn)),
    ...columns.map(({ key }) => rows.reduce((sum, row) => sum + (Number(row[key]) || 0), 0)),
  ])
  return [...Object.values(parameters).flatMap(numbersIn), ...cells]
}

/** Measured and expected, each alone, what one lacks of one, their difference and their ratio. */
function ownNumbers({ measured, expected }: Finding): number[] {
  const both = measured === undefined || expected === undefined
  const own = [measured, expected].flatMap((one) => (one === undefined ? [] : [one, 1 - one]))
  return both ? own : [...own, measured - expected, measured / expected]
}

/** Numbers in the texts of findings that are the rendering of nothing in the report, and of nothing that a rule names. */
export function strangers(report: Report): string[] {
  const common = sourcesOf(report)
  return report.findings.flatMap((finding) => {
    const name = `${report.command} ${finding.id}`
    const named = told[name] ?? told[`${report.command} ${finding.id.replace(/-[^-]*$/, '-*')}`] ?? []
    if (typeof named === 'string') return []
    const own = typeof named === 'function' ? named(report, finding) : named
    const sources = [...ownNumbers(finding), ...own, ...common]
    const text = finding.text.replace(INTERVALS, ' ').replace(NAMES, ' ')
    const unknown = [...text.matchAll(NUMBER)].filter(
      (match) => !isRendered(match[0], text.slice(match.index + match[0].length), sources),
    )
    return unknown.map(([number]) => `${name}: ${number} in ${JSON.stringify(finding.text)}`)
  })
}

function isRendered(token: string, behind: string, sources: readonly number[]): boolean {
  const shown = Math.abs(Number(token.replaceAll(',', '').replace('−', '-')))
  const digits = token.split('.')[1]?.length ?? 0
  const scales = SCALES.find(([unit]) => unit.test(behind))?.[1] ?? [1]
  // Half of the last digit, and what binary fractions add.
  return sources.some((value) =>
    scales.some((scale) => Math.abs(Math.abs(value * scale) - shown) <= 0.5 * 10 ** -digits * (1 + 1e-6)),
  )
}

/** What no sentence has: counts without groups, times as they are typed, ratios of zeros, and none of something counted. */
const FAULTS: readonly [string, RegExp][] = [
  ['ungrouped', /(?<![\w.,:#"-]|slot |slot is |= |is at )\d{5,}(?![\w"]| modulo)/],
  ['typed time', /(?<!--[\w-]+ |@|:)\b\d+(\.\d+)?m?s\b/],
  ['zeros', /\b0\.000+%/],
  ['none counted', /(?<![\d.,])0 times\b/],
]

/** Faults of form in the prose of a report. */
export function faultsOfForm({ title, tables, findings }: Report): string[] {
  const prose = [title, ...tables.map((table) => table.title), ...findings.map(({ text }) => text)]
  return prose.flatMap((text) =>
    FAULTS.flatMap(([name, fault]) => (fault.test(text) ? [`${name}: ${text}`] : [])),
  )
}
