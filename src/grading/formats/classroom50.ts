import { jsonText } from '../../report/text.js'
import { commitTime } from '../commit-time.js'
import type { Grade } from '../results.js'
import type { Context } from './context.js'
import { wordsOf } from './texts.js'

/** Classroom 50's result.json; what it wants to know of the submission comes from its environment. */
export function renderClassroom50(grade: Grade, { folder, environment }: Context): string {
  const { CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL, REVIEW_URL } = environment
  const time = commitTime(folder) ?? statedTime(environment) ?? new Date()
  return jsonText({
    schema: 'classroom50/result/v1',
    classroom: CLASSROOM ?? '',
    assignment: ASSIGNMENT ?? '',
    submission: SUBMISSION_TAG ?? '',
    commit: COMMIT_URL ?? '',
    release: RELEASE_URL ?? '',
    review: REVIEW_URL || (COMMIT_URL ?? ''),
    datetime: `${time.toISOString().slice(0, 19)}Z`,
    score: grade.score,
    'max-score': grade.maxScore,
    tests: wordsOf(grade.exercises).map(({ check, said }) => ({
      'test-name': said.name,
      passed: check.passed,
      score: said.score,
      'max-score': check.points,
      // The contract keeps further fields of tests only.
      isolation: grade.isolation,
      ...(check.passed ? {} : { message: said.explanation }),
    })),
  })
}

/** What https://reproducible-builds.org/specs/source-date-epoch says: seconds in ASCII digits. */
function statedTime({ SOURCE_DATE_EPOCH = '' }: NodeJS.ProcessEnv): Date | undefined {
  return /^\d{1,11}$/.test(SOURCE_DATE_EPOCH) ? new Date(Number(SOURCE_DATE_EPOCH) * 1000) : undefined
}
