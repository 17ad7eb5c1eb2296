import type { Report } from './report.js'

/** The report itself, indented. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
