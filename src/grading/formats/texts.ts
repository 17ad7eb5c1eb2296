import { countOf } from '../../report/format.js'
import { printable, printableLines, withoutCommands } from '../../report/text.js'
import type { CheckResult, Ended, ExerciseResult, Grade } from '../results.js'

/** How a check went, in words. */
export type CheckState = (typeof checkStates)[number]
export const checkStates = [
  'passed',
  'failed',
  'timed out',
  'out of memory',
  'over a limit',
  'crashed',
  'not begun',
] as const

const endings: Readonly<Record<Ended, CheckState>> = {
  time: 'timed out',
  memory: 'out of memory',
  limit: 'over a limit',
  crash: 'crashed',
}

export function stateOf({ passed, ended }: CheckResult, { begun }: ExerciseResult): CheckState {
  if (passed) return 'passed'
  if (!begun) return 'not begun'
  return ended ? endings[ended] : 'failed'
}

/** The texts of a check, with control characters and commands to CI servers made visible. */
export interface CheckText {
  readonly exercise: string
  readonly title: string
  /** With the exercise. */
  readonly name: string
  readonly status: CheckState
  readonly score: number
  readonly message: string
  readonly next: string
  /** Lines of output; empty if there are none. */
  readonly printed: string
  /** What a person needs to know about a failed check, one line each; empty if it passed. */
  readonly explanation: string
}

/** What to do next about a check, with the command that does it. */
export const nextOf = ({ next, command }: CheckResult): string => (command ? `${next} ${command}` : next)

/** A check in words. */
export function words(check: CheckResult, exercise: ExerciseResult): CheckText {
  const { passed, points } = check
  const message = plainLine(check.message)
  const next = plainLine(nextOf(check))
  const printed = plainLines(check.printed)
  const place = `Open ${plainLine(fileToOpen(exercise))}; the lesson: ${exercise.lesson}.`
  const said = [message && `${message}.`, next, place, printed && `It printed:\n${printed}`]
  return {
    exercise: plainLine(exercise.slug),
    title: plainLine(check.title),
    name: plainLine(`${exercise.slug}: ${check.title}`),
    status: stateOf(check, exercise),
    score: passed ? points : 0,
    message,
    next,
    printed,
    explanation: passed ? '' : exercise.begun ? said.filter(Boolean).join('\n') : notBegun(exercise),
  }
}

/** All checks of a grade in words, each with its exercise and its result. */
export function wordsOf(exercises: readonly ExerciseResult[]) {
  return exercises.flatMap((exercise) =>
    exercise.checks.map((check) => ({ exercise, check, said: words(check, exercise) })),
  )
}

/** One line of a stranger's text. */
export const plainLine = (text: string) => withoutCommands(printable(text))
const plainLines = (text: string) => withoutCommands(printableLines(text.trim()))

/** Where the learner goes on, relative to the lab. */
export function fileToOpen({ file }: ExerciseResult): string {
  return file || 'cachelab.json'
}

/** What to do about an exercise whose file is the starter still. */
export function notBegun(exercise: ExerciseResult): string {
  const { slug } = exercise
  return plainLine(`${slug}: not begun. Open ${fileToOpen(exercise)}; the task is in tasks/${slug}.md.`)
}

/** `68 of 100 points (68%)`; the share is rounded down, so that only all points are 100%. */
export function pointsWords({ score, maxScore }: Pick<Grade, 'score' | 'maxScore'>): string {
  return `${score} of ${countOf(maxScore, 'point')} (${shareWords(score, maxScore)})`
}

export const shareWords = (score: number, maxScore: number): string =>
  `${Math.floor((1000 * score) / maxScore) / 10}%`

/** Under what the solutions of a grade ran. */
export function isolationWords({ isolation }: Grade): string {
  return isolation === 'none' ? 'solutions ran without isolation' : `solutions ran isolated by ${isolation}`
}

/** Seconds for formats that have to state a time; 0 where times aren't asked for. */
export function seconds(milliseconds: number, times: boolean): number {
  return times ? Math.round(milliseconds) / 1000 : 0
}
