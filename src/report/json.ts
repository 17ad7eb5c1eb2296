import type { Report } from './report.js'
import { jsonText } from './text.js'

/** The report itself, indented. */
export function renderJson(report: Report): string {
  return jsonText(report)
}
