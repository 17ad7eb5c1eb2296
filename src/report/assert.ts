import type { Report } from './report.js'

/** What a text shows of a value that there is none of. */
const NO_VALUE = /\b(NaN|Infinity|undefined)\b|\[object /

/** Throws Error where a number of a report is not finite, or a text shows a value that there is none of. */
export function assertShowable(report: Report): void {
  check(report, report.command)
}

function check(value: unknown, place: string): void {
  if (typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'string' && NO_VALUE.test(value))
    throw new Error(`a report has no value at ${place}: ${value}`)
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) check(one, `${place}.${key}`)
}
