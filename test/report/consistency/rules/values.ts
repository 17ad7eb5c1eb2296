import type { Report } from '../../../../src/report/index.js'

export type Finding = Report['findings'][number]
type Row = Report['tables'][number]['rows'][number]

/** The numbers behind a finding, computed anew from the tables and the parameters. */
interface Numbers {
  readonly measured?: number | null | undefined
  readonly expected?: number | null | undefined
}

/** How a finding's numbers follow from the report, or why the tables don't hold them. */
export type Rule = string | ((report: Report, finding: Finding) => Numbers)

export const rows = (report: Report, name: string): readonly Row[] =>
  report.tables.find((table) => table.name === name)?.rows ?? []
export const cell = (row: Row | undefined, key: string) => row?.[key] as number | null | undefined
export const all = (report: Report, name: string, key: string) =>
  rows(report, name).map((row) => Number(row[key]))
export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
export const parameter = (report: Report, key: string) =>
  Number.parseFloat(String((report.parameters as Record<string, unknown>)[key]))
/** Milliseconds of a parameter such as `2s` or `0.5ms`. */
export const time = (report: Report, key: string) =>
  parameter(report, key) *
  (/\ds$/.test(String((report.parameters as Record<string, unknown>)[key])) ? 1000 : 1)
const same = (a: number, b: number | undefined) =>
  b !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

/** The row that holds both numbers: the case that a finding names. */
export const oneRow =
  (name: string, measured: string, expected: string): Rule =>
  (report, finding) => {
    const found = rows(report, name).find(
      (row) => same(Number(row[measured]), finding.measured) && same(Number(row[expected]), finding.expected),
    )
    return { measured: cell(found, measured), expected: cell(found, expected) }
  }
