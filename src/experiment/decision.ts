import { reportOf } from '../report/build.js'
import type { Report, ReportParameters } from '../report/index.js'

/** One consideration of a choice: what it looks at, and what it speaks for. */
export interface Rule {
  readonly id: string
  /** What is looked at, such as "persistence". */
  readonly subject: string
  /** What was said of it. */
  readonly given: string
  /** What it speaks for; undefined where it speaks for nothing. */
  readonly choice: string | undefined
  readonly why: string
  /** The command that shows it. */
  readonly shownBy?: string
}

export interface Decision {
  readonly command: string
  readonly title: string
  readonly parameters: ReportParameters
  /** In the order of their weight: the first that speaks for something decides. */
  readonly rules: readonly Rule[]
  /** Where no rule speaks for anything. */
  readonly otherwise: { readonly choice: string; readonly why: string }
  readonly lesson?: string
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
        title: 'What speaks for what, the weightiest first',
        columns: { subject: 'what counts', given: 'here', choice: 'speaks for', shownBy: ['see', 'detail'] },
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
