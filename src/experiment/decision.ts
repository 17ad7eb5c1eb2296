import { type FindingDraft, reportOf } from '../report/build.js'
import type { Report, ReportParameters } from '../report/index.js'

/** One consideration of a choice: its criterion, and the choice that it argues for. */
export interface Rule {
  readonly id: string
  /** The criterion, such as "persistence". */
  readonly subject: string
  /** What the user needs here. */
  readonly given: string
  /** The choice that it argues for; undefined where it argues for none. */
  readonly choice: string | undefined
  readonly why: string
  /** The command that shows it. */
  readonly shownBy?: string
}

export interface Decision {
  readonly command: string
  readonly title: string
  readonly parameters: ReportParameters
  /** In the order of their weight: the first that argues for a choice decides. */
  readonly rules: readonly Rule[]
  /** The choice if no rule argues for one. */
  readonly otherwise: { readonly choice: string; readonly why: string }
  readonly lesson?: FindingDraft
}

/** A choice with the rule that decided it. */
export function decide({ command, title, parameters, rules, otherwise, lesson }: Decision): Report {
  const decisive = rules.find(({ choice }) => choice !== undefined)
  const against = rules.filter(({ choice }) => choice !== undefined && choice !== decisive?.choice)
  return reportOf(command, {
    title,
    parameters,
    tables: {
      rules: {
        title: 'Arguments for each, the decisive ones first',
        columns: { subject: 'criterion', given: 'here', choice: 'argues for', shownBy: ['see', 'detail'] },
        rows: rules.map(({ subject, given, choice, shownBy }) => ({
          subject,
          given,
          choice: choice ?? null,
          shownBy: shownBy ?? null,
        })),
      },
    },
    findings: {
      choice: decisive
        ? `Choose ${decisive.choice}. The rule that decides: ${decisive.why}`
        : `Choose ${otherwise.choice}. No rule decides: ${otherwise.why}`,
      ...Object.fromEntries(
        against.map(({ id, choice, why }) => [`against-${id}`, `An argument for ${choice}: ${why}`]),
      ),
      lesson,
    },
  })
}
