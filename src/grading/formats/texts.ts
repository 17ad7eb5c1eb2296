import type { CheckResult, ExerciseResult } from '../grade.js'

/** What to do about an exercise whose file is the starter still. */
export function notBegun({ slug, file }: ExerciseResult): string {
  return `${slug}: not begun. Open ${file || 'cachelab.json'}; the task is in tasks/${slug}.md.`
}

/** What a person needs to know of a check that failed, a line each. */
export function explanation({ message, next, printed }: CheckResult, exercise: ExerciseResult): string {
  const { begun, file, lesson } = exercise
  if (!begun) return notBegun(exercise)
  const lines = [
    message === '' ? '' : `${message}.`,
    next,
    `Open ${file || 'cachelab.json'}; the lesson: ${lesson}.`,
  ]
  if (printed.trim() !== '') lines.push('It printed:', printed.trim())
  return lines.filter((line) => line !== '').join('\n')
}

/** Seconds for formats that have to state a time; 0 where times aren't asked for. */
export function seconds(milliseconds: number, times: boolean): number {
  return times ? Math.round(milliseconds) / 1000 : 0
}

/** Control characters but line breaks and tabs, which no reader of text files expects. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g

/** A text without characters that formats forbid: XML 1.0's list, which is the longest. */
export function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(CONTROL, '\ufffd').toWellFormed()
}
