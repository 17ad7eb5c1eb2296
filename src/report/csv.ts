import type { Cell, Report } from './report.js'
import { printable, withoutCommands } from './text.js'

/** The main table with raw numbers and a header of column keys. */
export function renderCsv(report: Report): string {
  const [table] = report.tables
  const header = table.columns.map((column) => column.key)
  const rows = table.rows.map((row) => header.map((key) => row[key]))
  return csvText([header, ...rows])
}

/**
 * Rows as RFC 4180 has them; a row is a line. A text that a spreadsheet would take for a formula begins with an
 * apostrophe, as OWASP advises against CSV injection.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return withoutCommands(rows.map((row) => `${row.map(field).join(',')}\n`).join(''))
}

/** Full-width signs, too: some spreadsheets read them alike. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/

function field(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const shown = printable(value)
  const text = FORMULA.test(value) ? `'${shown}` : shown
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
