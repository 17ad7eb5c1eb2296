import type { CheckResult, ExerciseResult, Grade } from '../grade.js'
import type { Context } from './index.js'
import { clean, explanation, seconds } from './texts.js'

/** JUnit XML: a suite for each exercise, a case for each check. */
export function renderJunit({ exercises }: Grade, { times }: Context): string {
  const suites = exercises.map((exercise) => suite(exercise, times))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

function suite(exercise: ExerciseResult, times: boolean): string {
  const { slug, checks } = exercise
  const failures = checks.filter(({ passed }) => !passed).length
  const time = checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const attributes = `name="${xml(slug)}" tests="${checks.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(time, times)}"`
  return `  <testsuite ${attributes}>\n${checks.map((check) => testcase(check, exercise, times)).join('')}  </testsuite>\n`
}

function testcase(check: CheckResult, exercise: ExerciseResult, times: boolean): string {
  const { title, passed, milliseconds, printed } = check
  // Not skipped, though nothing was run: whoever counts what didn't fail would count it as right.
  const message = exercise.begun ? check.message || 'failed' : 'not begun'
  const attributes = `name="${xml(title)}" classname="${xml(exercise.slug)}" time="${seconds(milliseconds, times)}"`
  const failure = passed
    ? ''
    : `      <failure message="${xml(message)}" type="check">${xml(explanation(check, exercise))}</failure>\n`
  const output = printed === '' ? '' : `      <system-out>${xml(printed)}</system-out>\n`
  return failure || output
    ? `    <testcase ${attributes}>\n${failure}${output}    </testcase>\n`
    : `    <testcase ${attributes}/>\n`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Also line breaks, which an attribute would lose. */
function xml(text: string): string {
  return clean(text).replace(/[&<>"\n\t]/g, (character) => entities[character])
}
