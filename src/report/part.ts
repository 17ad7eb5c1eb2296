import { InputError } from '../input-error.js'
import type { Report } from './report.js'

/** Names of parts, and of a table the columns, if not all are wanted. */
type Parts = ReadonlyMap<string, readonly string[] | undefined>

const partsOf = (names: readonly string[]): Parts =>
  new Map(names.map((text) => [text.replace(/\(.*/, ''), /\((.*)\)/.exec(text)?.[1].split(' ')]))

/** The names that a report doesn't have. */
function unknownIn(report: Report, parts: Parts): string[] {
  const tables = new Map(report.tables.map(({ name, columns }) => [name, columns.map(({ key }) => key)]))
  const known = ['title', 'figures', ...tables.keys(), ...report.findings.map(({ id }) => id)]
  return [...parts].flatMap(([name, keys = []]) =>
    known.includes(name) ? keys.filter((key) => !tables.get(name)?.includes(key)) : [name],
  )
}

/** Whether a report has all the parts of these names. */
export const hasParts = (report: Report, names: readonly string[]): boolean =>
  unknownIn(report, partsOf(names)).length === 0

/**
 * A part of a report: tables by name, findings by id, `figures`, and `title` for title and parameters; all of it for no names.
 * `table(key key)` is a table with these columns only. Throws InputError at a name that it doesn't have.
 */
export function partOf(report: Report, names: readonly string[]): Report {
  if (names.length === 0) return report
  const parts = partsOf(names)
  const unknown = unknownIn(report, parts)
  if (unknown.length > 0) throw new InputError(`the report of ${report.command} has no ${unknown.join(', ')}`)
  const { figures, ...rest } = report
  return {
    ...rest,
    ...(parts.has('title') ? {} : { title: '', parameters: {} }),
    tables: report.tables
      .filter(({ name }) => parts.has(name))
      // A table that is asked for is shown, whatever else shows the same.
      .map(({ shownElsewhere, ...table }) => {
        const keys = parts.get(table.name)
        return keys ? { ...table, columns: table.columns.filter(({ key }) => keys.includes(key)) } : table
      }),
    ...(figures && parts.has('figures') ? { figures } : {}),
    findings: report.findings.filter(({ id }) => parts.has(id)),
  }
}
