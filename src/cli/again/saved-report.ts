import { InputError } from '../../input-error.js'
import type { Report } from '../../report/report.js'
import { labelOf } from '../input.js'
import { savedJson } from './saved-json.js'

/** A report that can say which command line made it. */
export interface SavedReport extends Report {
  readonly arguments: readonly string[]
}

/** The report in a file, or standard input for `-`. Throws InputError where it is none that can be run again. */
export async function savedReport(path: string): Promise<SavedReport> {
  const report = await savedJson<Report>(path, 'report')
  if (!report.arguments)
    throw new InputError(`${labelOf(path)} has no "arguments": it doesn’t say which command line made it`)
  return report as SavedReport
}
