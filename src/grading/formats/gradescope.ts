import type { Grade } from '../grade.js'
import type { Context } from './index.js'
import { explanation, seconds } from './texts.js'

/** Gradescope's results.json. */
export function renderGradescope({ score, maxScore, exercises }: Grade, { times }: Context): string {
  const checks = exercises.flatMap((exercise) => exercise.checks.map((check) => ({ exercise, check })))
  const spent = checks.reduce((sum, { check }) => sum + check.milliseconds, 0)
  const results = {
    score,
    ...(times ? { execution_time: seconds(spent, times) } : {}),
    output: `${score} of ${maxScore} points`,
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: checks.map(({ exercise, check }, i) => ({
      score: check.passed ? check.points : 0,
      max_score: check.points,
      status: check.passed ? 'passed' : 'failed',
      name: check.title,
      number: String(i + 1),
      output: check.passed ? '' : explanation(check, exercise),
      output_format: 'text',
      tags: [exercise.slug],
      visibility: 'visible',
    })),
  }
  return `${JSON.stringify(results, null, 2)}\n`
}
