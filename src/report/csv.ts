import type { Cell, Report } from './report.js'

/** The main table with raw numbers and a header of column keys, as RFC 4180 has it. */
export function renderCsv(report: Report): string {
  const [table] = report.tables
  const header = table.columns.map((column) => column.key)
  const rows = table.rows.map((row) => header.map((key) => row[key]))
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('')
}

function field(value: Cell): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
