import type { Gradebook } from '../gradebook/gradebook.js'
import type { Isolation } from '../isolation/index.js'
import type { ExerciseResult, Grade } from '../results.js'
import { type Reveal, revealed } from '../reveal.js'
import type { Context } from './context.js'
import { plainLine, seconds, wordsOf } from './texts.js'

/** JUnit XML: a suite for each exercise, a case for each check. */
export function renderJunit({ exercises, isolation }: Grade, { times }: Context): string {
  const suites = exercises.map((exercise) => suite(exercise, isolation, times))
  return junitText(suites)
}

const junitText = (suites: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`

/** A suite for each exercise of each student, and an error for what couldn't be graded. */
export function renderBookJunit({ entries, isolation }: Gradebook, reveal: Reveal): string {
  const suites = entries.flatMap(({ student, grade, problem }) => {
    if (grade)
      return revealed(grade, reveal).exercises.map((one) => suite(one, isolation, false, `${student.name}: `))
    const name = xml(plainLine(student.name))
    const error = `<error message="${xml(plainLine(problem ?? ''))}" type="not graded"/>`
    return `  <testsuite name="${name}" tests="1" failures="0" errors="1" skipped="0" time="0">\n    <testcase name="not graded" classname="${name}" time="0">${error}</testcase>\n  </testsuite>\n`
  })
  return junitText(suites)
}

/** The suite of an exercise; `owner` stands before its name. */
function suite(exercise: ExerciseResult, isolation: Isolation, times: boolean, owner = ''): string {
  const { slug, checks } = exercise
  const failures = checks.filter(({ passed }) => !passed).length
  const time = checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const attributes = `name="${xml(plainLine(owner + slug))}" tests="${checks.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(time, times)}"`
  const cases = wordsOf([exercise]).map((one) => testcase(one, times, plainLine(owner)))
  const facts = Object.entries({ isolation, points: exercise.score, 'max-points': exercise.maxScore })
  const property = facts.map(([name, value]) => `<property name="${name}" value="${value}"/>`).join('')
  const properties = `    <properties>${property}</properties>\n`
  return `  <testsuite ${attributes}>\n${properties}${cases.join('')}  </testsuite>\n`
}

function testcase(
  { check, said }: ReturnType<typeof wordsOf>[number],
  times: boolean,
  owner: string,
): string {
  const attributes = `name="${xml(said.title)}" classname="${xml(owner + said.exercise)}" time="${seconds(check.milliseconds, times)}"`
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
