import { fileToOpen } from '../../grading/formats/texts.js'
import type { CheckResult, ExerciseResult } from '../../grading/results.js'
import { countOf } from '../../report/format.js'
import type { Paint } from '../../report/paint.js'
import { printable } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'

/** How a person stands after a check. */
export interface Standing {
  readonly result: ExerciseResult
  /** The ids of the checks that passed before the last save; undefined at the first check. */
  readonly passedBefore: ReadonlySet<string> | undefined
  /** Of the course, how many exercises are done, and how many there are. */
  readonly done: number
  readonly all: number
}

/** Lines of what the solution printed, the last ones. */
const MAX_PRINTED = 4
/** Lines of the smallest case that fails. */
const MAX_MESSAGE = 7
const BAR = 12

/**
 * What `watch` shows of an exercise, within a screen: how far it is, what the last save changed, and of the checks that fail the
 * first one with its smallest case. The others are counted.
 */
export function watchScreen(
  { result, passedBefore, done, all }: Standing,
  width: number,
  paint: Paint,
): string {
  const { checks, title, slug, lesson } = result
  const passed = checks.filter((check) => check.passed)
  const failed = checks.filter((check) => !check.passed)
  const bars = `${bar(passed.length, checks.length)} of ${countOf(checks.length, 'check')}   ${bar(done, all)} of ${countOf(all, 'exercise')}`
  const lines = [
    ...wrap(`${slug}: ${title}`, width).map(paint.bold),
    ...wrap(bars, width),
    ...changes(checks, passedBefore, width, paint),
    '',
    ...(failed.length > 0 ? firstFailure(failed, result.begun, width, paint) : []),
    ...(failed.length > 0 ? wrap(`Open ${fileToOpen(result)} (lesson ${lesson}).`, width) : []),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** `██████░░░░░░ 4`, the part of a whole. */
function bar(part: number, whole: number): string {
  const filled = whole === 0 ? 0 : Math.floor((BAR * part) / whole)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${part}`
}

/** What passes now and didn't before, and the other way round. */
function changes(
  checks: readonly CheckResult[],
  before: ReadonlySet<string> | undefined,
  width: number,
  paint: Paint,
): string[] {
  if (!before || checks.every(({ passed }) => !passed && before.size === 0)) return []
  const gained = checks.filter(({ id, passed }) => passed && !before.has(id))
  const lost = checks.filter(({ id, passed }) => !passed && before.has(id))
  const named = (some: readonly CheckResult[], mark: string) => some.map(({ title }) => `${mark} ${title}`)
  const texts = [
    ...named(gained, 'now passes:').map(paint.good),
    ...named(lost, 'no longer passes:').map(paint.bad),
  ]
  return texts.length === 0
    ? [paint.dim('The last save changed no result.')]
    : texts.flatMap((text) => wrap(text, width))
}

function firstFailure(failed: readonly CheckResult[], begun: boolean, width: number, paint: Paint): string[] {
  const [{ title, message, next, printed }] = failed
  const indented = (text: string, most: number) => {
    const lines = wrap(printable(text), width - 2)
    const shown =
      lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1].slice(0, width - 5)} …`] : lines
    return text === '' ? [] : shown.map((line) => `  ${line}`)
  }
  if (!begun) return [...wrap(`${paint.bad('✗')} Not begun: the file is the starter.`, width)]
  const output = printed.trim().split(/\r?\n/).slice(-MAX_PRINTED)
  const others = failed.length - 1
  return [
    ...wrap(`✗ ${title}`, width).map(paint.bad),
    ...indented(message === '' ? '' : `${message}.`, MAX_MESSAGE),
    ...indented(next, 3),
    ...(printed.trim() === ''
      ? []
      : [paint.dim('It printed:'), ...output.map((line) => `│ ${printable(line).slice(0, width - 2)}`)]),
    ...(others > 0
      ? [paint.dim(`${countOf(others, 'more check')} ${others === 1 ? 'fails' : 'fail'}.`)]
      : []),
  ]
}
