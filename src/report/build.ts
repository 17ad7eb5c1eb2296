import { assertShowable } from './assert.js'
import type { ReportParameters } from './parameters.js'
import type { Column, Figure, Finding, Report, Table, Unit } from './report.js'

type None = false | null | undefined | 0 | ''

/** A conclusion without its id: a sentence, with its numbers where it has any. */
export type FindingDraft =
  | string
  | ({ readonly [key in Exclude<keyof Finding, 'id' | 'text'>]?: Finding[key] | undefined } & {
      readonly text: string
    })

/** Conclusions by id, in the order in which they are read. One whose condition does not hold is left out. */
export type Findings = Readonly<Record<string, FindingDraft | None>>

/** A column's label, then its unit and marks in any order. */
export type ColumnDraft = string | readonly [label: string, ...(Unit | ColumnMark)[]]
type ColumnMark = 'signed' | 'bar' | 'detail' | 'code'

/** Columns by the key of their cells, from left to right. */
export type Columns = Readonly<Record<string, ColumnDraft | None>>

/** A table without its name. */
export interface TableDraft extends Omit<Table, 'name' | 'columns'> {
  readonly columns: Columns
}

/** What an experiment found, as it is written down: tables and findings under their names. */
export interface ReportDraft {
  readonly title: string
  readonly parameters?: ReportParameters
  /** By name, the main one first. */
  readonly tables: Readonly<Record<string, TableDraft | None>>
  readonly figures?: readonly Figure[]
  /** A list where several have the same id. */
  readonly findings: Findings | readonly Finding[]
}

/** The report of a command. */
export function reportOf(command: string, draft: ReportDraft): Report {
  const { title, parameters = {}, tables, figures = [], findings } = draft
  const shown = figures.filter(showsSomething)
  const report: Report = {
    schema: 'cachelab/report@1',
    command,
    title,
    parameters,
    tables: present(tables).map(([name, table]) => tableOf(name, table)),
    ...(shown.length > 0 ? { figures: shown } : {}),
    findings: isList(findings)
      ? findings
      : present(findings).map(([id, finding]) =>
          typeof finding === 'string' ? { id, text: finding } : ({ id, ...finding } as Finding),
        ),
  }
  // A number that doesn't exist is null. Where one is NaN all the same, tests fail and people see a dash.
  if (process.env.NODE_ENV === 'test') assertShowable(report)
  return report
}

/** Curves without a point are no figure, nor are lanes without a message. */
const showsSomething = (figure: Figure): boolean =>
  figure.kind === 'sequence'
    ? figure.lines.length > 0
    : figure.kind !== 'curves' || figure.series.some(({ points }) => points.some(([, y]) => y !== null))

/** A table whose rows have a cell for each column, and no others. */
function tableOf(name: string, { rows, ...table }: TableDraft): Table {
  const columns = present(table.columns).map(([key, column]) => columnOf(key, column))
  const keys = new Set(columns.map(({ key }) => key))
  const shown = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => keys.has(key))))
  return { name, ...table, columns, rows: shown }
}

const isList = Array.isArray as (findings: Findings | readonly Finding[]) => findings is readonly Finding[]

const marks: readonly string[] = ['signed', 'bar', 'detail', 'code']

function columnOf(key: string, column: ColumnDraft): Column {
  const [label, ...rest] = typeof column === 'string' ? [column] : column
  const properties = rest.map((one) => (marks.includes(one) ? [one, true] : ['unit', one]))
  return { key, label, ...Object.fromEntries(properties) }
}

function present<T>(entries: Readonly<Record<string, T | None>>): [string, T][] {
  return Object.entries(entries).filter((entry): entry is [string, T] => Boolean(entry[1]))
}
