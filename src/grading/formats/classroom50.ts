import { spawnSync } from 'node:child_process'
import type { Grade } from '../grade.js'
import type { Context } from './index.js'
import { explanation } from './texts.js'

/** Classroom 50's result.json; what it wants to know of the submission comes from its environment. */
export function renderClassroom50(grade: Grade, { folder, environment }: Context): string {
  const { CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL, REVIEW_URL } = environment
  const result = {
    schema: 'classroom50/result/v1',
    classroom: CLASSROOM ?? '',
    assignment: ASSIGNMENT ?? '',
    submission: SUBMISSION_TAG ?? '',
    commit: COMMIT_URL ?? '',
    release: RELEASE_URL ?? '',
    review: REVIEW_URL || (COMMIT_URL ?? ''),
    datetime: isoSeconds(commitTime(folder, environment)),
    score: grade.score,
    'max-score': grade.maxScore,
    tests: grade.exercises.flatMap((exercise) =>
      exercise.checks.map((check) => ({
        'test-name': `${exercise.slug}: ${check.title}`,
        passed: check.passed,
        score: check.passed ? check.points : 0,
        'max-score': check.points,
        ...(check.passed ? {} : { message: explanation(check, exercise) }),
      })),
    ),
  }
  return `${JSON.stringify(result, null, 2)}\n`
}

function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** When the graded commit was made; outside of a repository SOURCE_DATE_EPOCH, else now. */
function commitTime(folder: string, environment: NodeJS.ProcessEnv): Date {
  // The repository is the submission's: nothing that its configuration names may run.
  const safe = [
    '-c',
    'core.fsmonitor=',
    '-c',
    'log.showSignature=false',
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    `safe.directory=*`,
  ]
  const { status, stdout } = spawnSync(
    'git',
    [...safe, '--no-pager', 'log', '-1', '--no-color', '--format=%ct'],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 10_000,
    },
  )
  const seconds = status === 0 ? Number(stdout.trim()) : Number(environment.SOURCE_DATE_EPOCH ?? Number.NaN)
  return Number.isInteger(seconds) ? new Date(seconds * 1000) : new Date()
}
