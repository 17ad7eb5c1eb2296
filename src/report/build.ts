import type { ReportParameters } from './parameters.js'
import type { Finding, Plot, Report, Table } from './report.js'

type None = false | null | undefined | 0 | ''

/** A conclusion without its id: a sentence, with its numbers where it has any. */
export type FindingDraft =
  | string
  | ({ readonly [key in Exclude<keyof Finding, 'id' | 'text'>]?: Finding[key] | undefined } & {
      readonly text: string
    })

/** Conclusions by id, in the order in which they are read. One whose condition does not hold is left out. */
export type Findings = Readonly<Record<string, FindingDraft | None>>

/** A table without its name. */
export type TableDraft = Omit<Table, 'name'>

/** What an experiment found, as it is written down: tables and findings under their names. */
export interface ReportDraft {
  readonly title: string
  readonly parameters?: ReportParameters
  /** By name, the main one first. */
  readonly tables: Readonly<Record<string, TableDraft | None>>
  readonly plots?: readonly Plot[]
  readonly findings: Findings
}

/** The report of a command. */
export function reportOf(command: string, draft: ReportDraft): Report {
  const { title, parameters = {}, tables, plots, findings } = draft
  return {
    schema: 'cachelab/report@1',
    command,
    title,
    parameters,
    tables: present(tables).map(([name, table]) => ({ name, ...table })),
    ...(plots ? { plots } : {}),
    findings: present(findings).map(([id, finding]) =>
      typeof finding === 'string' ? { id, text: finding } : ({ id, ...finding } as Finding),
    ),
  }
}

function present<T>(entries: Readonly<Record<string, T | None>>): [string, T][] {
  return Object.entries(entries).filter((entry): entry is [string, T] => Boolean(entry[1]))
}
