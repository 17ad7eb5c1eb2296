import type { Isolation } from '../isolation/index.js'
import type { ExerciseResult, Grade } from '../results.js'
import type { Context } from './context.js'
import { plainLine, seconds, wordsOf } from './texts.js'

/** JUnit XML: a suite for each exercise, a case for each check. */
export function renderJunit({ exercises, isolation }: Grade, { times }: Context): string {
  const suites = exercises.map((exercise) => suite(exercise, isolation, times))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

function suite(exercise: ExerciseResult, isolation: Isolation, times: boolean): string {
  const { slug, checks } = exercise
  const failures = checks.filter(({ passed }) => !passed).length
  const time = checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const attributes = `name="${xml(plainLine(slug))}" tests="${checks.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(time, times)}"`
  const cases = wordsOf([exercise]).map((one) => testcase(one, times))
  const facts = Object.entries({ isolation, points: exercise.score, 'max-points': exercise.maxScore })
  const property = facts.map(([name, value]) => `<property name="${name}" value="${value}"/>`).join('')
  const properties = `    <properties>${property}</properties>\n`
  return `  <testsuite ${attributes}>\n${properties}${cases.join('')}  </testsuite>\n`
}

function testcase({ check, said }: ReturnType<typeof wordsOf>[number], times: boolean): string {
  const attributes = `name="${xml(said.title)}" classname="${xml(said.exercise)}" time="${seconds(check.milliseconds, times)}"`
  // Not `skipped` where nothing was run: a consumer that counts failures would count it as passed.
  const failure = check.passed
    ? ''
    : `      <failure message="${xml(said.message || said.status)}" type="check">${xml(said.explanation)}</failure>\n`
  const output = said.printed === '' ? '' : `      <system-out>${xml(said.printed)}</system-out>\n`
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
  return text.replace(/[&<>"\n\t]/g, (character) => entities[character])
}
