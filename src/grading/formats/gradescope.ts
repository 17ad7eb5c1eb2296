import { jsonText } from '../../report/text.js'
import type { Grade } from '../results.js'
import type { Context } from './context.js'
import { isolationWords, pointsWords, seconds, wordsOf } from './texts.js'

/** Gradescope's results.json. */
export function renderGradescope(grade: Grade, { times }: Context): string {
  const { score, exercises } = grade
  const checks = wordsOf(exercises)
  const spent = checks.reduce((sum, { check }) => sum + check.milliseconds, 0)
  return jsonText({
    score,
    ...(times ? { execution_time: seconds(spent, times) } : {}),
    output: `${pointsWords(grade)}; ${isolationWords(grade)}`,
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: checks.map(({ check, said }, i) => ({
      score: said.score,
      max_score: check.points,
      status: check.passed ? 'passed' : 'failed',
      name: said.title,
      number: String(i + 1),
      output: said.explanation,
      output_format: 'text',
      tags: [said.exercise],
      visibility: 'visible',
    })),
  })
}
