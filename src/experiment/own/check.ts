import { InputError, NotOffered } from '../../input-error.js'
import { blamed } from '../../own/index.js'
import { reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { ReportParameters } from '../../report/parameters.js'

/** What a check found: it holds, fails, or can't be judged, which is no failure. */
export interface Check {
  readonly id: string
  /** What is expected, in a few words. */
  readonly check: string
  readonly holds: boolean | null
  /** What was tried or measured, or why there is nothing to judge. */
  readonly detail: string
  /** The smallest case that shows the failure, in sentences. */
  readonly failure?: string
}

/** A check that holds where `failure` is null. */
export const verdictOf = (id: string, check: string, failure: string | null, detail: string): Check =>
  failure === null
    ? { id, check, holds: true, detail }
    : { id, check, holds: false, detail: 'see below', failure }

/** A check that measures and doesn't judge, or could not be made. */
export const remark = (id: string, check: string, detail: string): Check => ({
  id,
  check,
  holds: null,
  detail,
})

/** A check that gives the failure, or null; what a file lacks makes it one that can't be judged. */
export function checked(id: string, check: string, detail: string, find: () => string | null): Check {
  try {
    return verdictOf(id, check, find(), detail)
  } catch (error) {
    if (error instanceof NotOffered) return remark(id, check, error.lack)
    return verdictOf(id, check, `${messageOf(error)}.`, detail)
  }
}

/** What a person is told of an error of the user's code: its place, and its message. Throws all other errors. */
export function messageOf(error: unknown): string {
  const found = blamed(error) ?? error
  if (found instanceof InputError) return found.message
  throw found
}

/** The report on a policy, placement, hash or workload. */
export function checksReport(
  name: string,
  kind: string,
  checks: readonly Check[],
  parameters: ReportParameters,
): Report {
  const failed = checks.filter(({ holds }) => holds === false)
  const held = checks.filter(({ holds }) => holds)
  return reportOf('try', {
    title: `Checks of the ${kind} ${name}`,
    parameters: { [kind]: name, ...parameters },
    tables: {
      checks: {
        title: 'Checks: ✓ holds, ✗ fails, – not judged',
        columns: { check: 'check', result: 'result', detail: 'detail' },
        rows: checks.map(({ check, holds, detail }) => ({
          check,
          result: holds === null ? '–' : holds ? '✓' : '✗',
          detail,
        })),
      },
    },
    findings: {
      ...Object.fromEntries(
        failed.map(({ id, check, failure }) => [id, { text: `${check}: ${failure}`, ok: false }]),
      ),
      checks: {
        text:
          failed.length === 0
            ? `${countOf(held.length, 'check')} hold.`
            : `${countOf(failed.length, 'check')} of ${held.length + failed.length} ${failed.length === 1 ? 'fails' : 'fail'}.`,
        ok: failed.length === 0,
      },
    },
  })
}

/** Whether a report has a check that fails. */
export const hasFailed = ({ findings }: Report): boolean => findings.some(({ ok }) => ok === false)
