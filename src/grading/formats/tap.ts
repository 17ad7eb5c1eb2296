import type { Grade } from '../grade.js'
import { clean, explanation } from './texts.js'

/** TAP 14: a point for each check, with what to do in a YAML block. */
export function renderTap({ exercises }: Grade): string {
  const points = exercises.flatMap((exercise) => exercise.checks.map((check) => ({ exercise, check })))
  const lines = points.map(({ exercise, check }, i) => {
    const line = `${check.passed ? 'ok' : 'not ok'} ${i + 1} - ${description(`${exercise.slug}: ${check.title}`)}\n`
    return check.passed ? line : `${line}${block(explanation(check, exercise), check.points)}`
  })
  return `TAP version 14\n1..${points.length}\n${lines.join('')}`
}

/** `#` would begin a directive. */
function description(text: string): string {
  return clean(text).replaceAll('\n', ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#')
}

/** JSON's strings are YAML's too. */
function block(message: string, points: number): string {
  return `  ---\n  message: ${JSON.stringify(clean(message))}\n  severity: fail\n  points: ${points}\n  ...\n`
}
