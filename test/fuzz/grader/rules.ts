import type { Grade } from '../../../src/grading/results.js'
import { shapeProblems } from '../../report/shape.js'
import type { Complaint } from '../area.js'
import { CONTROL, lineWith } from '../command-lines/rules.js'
import type { Given } from './area.js'
import type { Change } from './changes.js'

type Rule = (given: Given, grade: Grade, text: string) => string | undefined

/** Of a message: longer than any of a right grader's. */
const MAX_CHARACTERS = 2000

const JSON_FORMATS = ['json', 'gradescope', 'classroom50']

/** Changes that leave all answers as they are. */
const NO_ANSWERS = ['after', 'before', 'packets', 'twice']
/** Changes that, made in every line, leave no answer. */
const SILENT = ['ends', 'error', 'nothing']

const isNoAnswer = ({ kind, from, all }: Change): boolean =>
  NO_ANSWERS.includes(kind) || (all && from === 0 && SILENT.includes(kind))

const checksOf = (exercises: Grade['exercises']) => exercises.flatMap(({ checks }) => checks)

const rules: Readonly<Record<string, Rule>> = {
  // Another answer may be the right one by luck, or hide from a check what is wrong.
  'a wrong solution gets no points': ({ changes }, { score, exercises }) =>
    !changes.every(isNoAnswer) || (score === 0 && checksOf(exercises).every(({ passed }) => !passed))
      ? undefined
      : `${score} points`,
  'only a failed check says why, and what to do next': (_, { exercises }) => {
    const silent = checksOf(exercises).find(({ passed, message, next }) =>
      passed ? message || next : !message || !next,
    )
    return silent && JSON.stringify(silent)
  },
  'JSON of the shape': ({ format }, _, text) => {
    if (!JSON_FORMATS.includes(format)) return
    try {
      const data = JSON.parse(text)
      return format === 'json' ? shapeProblems(data)[0] : undefined
    } catch (error) {
      return String(error)
    }
  },
  'no control characters': (_, __, text) => {
    const found = lineWith(CONTROL, text)
    return found && JSON.stringify(found)
  },
  'no commands to a CI server': ({ format }, _, text) => {
    const own = format === 'github' ? /^::(error|warning|notice) [^:]*::/ : /^(?!)/
    return text.split('\n').find((line) => /^\s*::|##\[/.test(line) && !own.test(line))
  },
  'no long message': (_, { exercises }) => {
    const [{ checks }] = exercises
    const long = checks.find(({ message, next }) => message.length + next.length > MAX_CHARACTERS)
    return long && `${long.message.length} characters: ${JSON.stringify(long.message.slice(0, 200))}`
  },
}

/** What is wrong with a grade. */
export function judge(
  given: Given,
  where: string,
  grade: Grade,
  report: string,
  faults: readonly string[],
): Complaint[] {
  return [
    ...faults.map((text) => ({ rule: 'no exception', where, text })),
    ...Object.entries(rules).flatMap(([rule, complain]) => {
      const text = complain(given, grade, report)
      return text === undefined ? [] : [{ rule, where, text }]
    }),
  ]
}
