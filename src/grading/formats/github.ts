import { join, relative } from 'node:path'
import { appendWhole } from '../../write-whole.js'
import type { CheckResult, ExerciseResult, Grade } from '../results.js'
import type { Context } from './context.js'
import { renderGradeMarkdown } from './markdown.js'
import {
  type CheckText,
  fileToOpen,
  isolationWords,
  notBegun,
  plainLine,
  pointsWords,
  seconds,
  wordsOf,
} from './texts.js'

/**
 * For GitHub Actions: an annotation for each check that failed on standard output, the step's output `result` for
 * GitHub Classroom's reporter, and the job's summary, the latter two where the runner names files for them.
 */
export function renderGithub(grade: Grade, context: Context): string {
  const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } = context.environment
  if (GITHUB_OUTPUT)
    appendWhole(GITHUB_OUTPUT, `result=${classroomResult(grade, context)}\n`, 'GITHUB_OUTPUT')
  if (GITHUB_STEP_SUMMARY) appendWhole(GITHUB_STEP_SUMMARY, renderGradeMarkdown(grade), 'GITHUB_STEP_SUMMARY')
  const failed = grade.exercises.flatMap((exercise) => {
    const file = fileOf(exercise, context)
    if (!exercise.begun) return annotation('warning', plainLine(exercise.title), notBegun(exercise), file)
    return wordsOf([exercise])
      .filter(({ check }) => !check.passed)
      .map(({ said }) => annotation('error', said.title, said.explanation, file))
  })
  const points = `${pointsWords(grade)}; ${isolationWords(grade)}`
  return `${[...failed, annotation('notice', 'cachelab', points)].join('\n')}\n`
}

/** Relative to the repository, which is the working directory of a step. */
function fileOf(exercise: ExerciseResult, { folder, environment }: Context): string {
  const path = join(folder, fileToOpen(exercise))
  return plainLine(relative(environment.GITHUB_WORKSPACE || process.cwd(), path))
}

function annotation(level: string, title: string, message: string, file?: string): string {
  const properties = [...(file ? [`file=${property(file)}`, 'line=1'] : []), `title=${property(title)}`]
  return `::${level} ${properties.join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function classroomResult({ maxScore, exercises }: Grade, context: Context): string {
  const tests = wordsOf(exercises).map(({ exercise, check, said }) => test(check, said, exercise, context))
  const status = tests.every((one) => one.status === 'pass') ? 'pass' : 'fail'
  return Buffer.from(JSON.stringify({ version: 1, status, max_score: maxScore, tests })).toString('base64')
}

function test(check: CheckResult, said: CheckText, exercise: ExerciseResult, context: Context) {
  return {
    name: said.name,
    status: check.passed ? 'pass' : 'fail',
    score: said.score,
    message: said.explanation,
    test_code: `cachelab check ${said.exercise}`,
    filename: fileOf(exercise, context),
    line_no: 0,
    duration: seconds(check.milliseconds, context.times) * 1000,
  }
}
