import { type Schema, Validator } from '@cfworker/json-schema'
import { InputError } from '../../input-error.js'
import type { Report } from '../../report/report.js'
import schema from '../../report/report.schema.json' with { type: 'json' }
import { fileText, labelOf } from '../input.js'

/** A report that can say which command line made it. */
export interface SavedReport extends Report {
  readonly arguments: readonly string[]
}

const WANTED = schema.$defs.report.properties.schema.const

/** The report in a file, or standard input for `-`. Throws InputError where it is none that can be run again. */
export async function savedReport(path: string): Promise<SavedReport> {
  const label = labelOf(path)
  const report = parsed(await fileText(path), label)
  const name = (report as Partial<Report> | null)?.schema
  if (typeof name === 'string' && name !== WANTED)
    throw new InputError(`${label} has the schema ${JSON.stringify(name)}; only ${WANTED} can be run again`)
  const [wrong] = new Validator({ ...schema.$defs.report, $defs: schema.$defs } as Schema, '2020-12')
    .validate(report)
    .errors.slice(-1)
  if (wrong)
    throw new InputError(
      `${label} is not a report: at ${wrong.instanceLocation}: ${wrong.error.replace(/^False.*/, 'it is not expected').replace(/\.$/, '')}`,
    )
  if (!(report as Report).arguments)
    throw new InputError(`${label} has no "arguments": it doesn’t say which command line made it`)
  return report as SavedReport
}

function parsed(text: string, label: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(`${label} is not JSON: ${(error as Error).message}`)
  }
}
