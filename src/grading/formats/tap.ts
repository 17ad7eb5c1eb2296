import type { Grade } from '../results.js'
import { isolationWords, pointsWords, wordsOf } from './texts.js'

/** TAP 14: a point for each check, with what to do in a YAML block. */
export function renderTap(grade: Grade): string {
  const points = wordsOf(grade.exercises)
  const lines = points.map(({ check, said }, i) => {
    const line = `${check.passed ? 'ok' : 'not ok'} ${i + 1} - ${description(said.name)}\n`
    return check.passed ? line : `${line}${block(said.explanation, check.points)}`
  })
  return `TAP version 14\n1..${points.length}\n# ${pointsWords(grade)}\n# ${isolationWords(grade)}\n${lines.join('')}`
}

/** `#` would begin a directive. */
function description(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#')
}

/** JSON's strings are YAML's too. */
function block(message: string, points: number): string {
  return `  ---\n  message: ${JSON.stringify(message)}\n  severity: fail\n  points: ${points}\n  ...\n`
}
