import { loadCourse } from '../../grading/course.js'
import type { LateRate } from '../../grading/gradebook/lateness.js'
import { InputError } from '../../input-error.js'
import { isMerging, type Shard } from '../../parallel/division.js'
import { checkReachable, isEnough } from '../options/min-score.js'
import { checkBookOutputs, type Output, showsCases, showsTables, writeBook } from '../output/grade-outputs.js'
import { note, ProgressLine } from '../output/terminal.js'
import { fail } from '../surface.js'
import { version } from '../version.js'
import type { GradingOptions } from './options.js'

interface ClassOptions extends GradingOptions {
  /** The operand, which names one lab. */
  readonly folder: string
  readonly batch: string
  readonly similar?: true
  readonly roster?: string
  readonly deadline?: Date
  readonly late?: LateRate
  readonly adjust?: string
  readonly shard?: Shard
  readonly resume?: string
}

/** Grades the labs of a folder, and writes their gradebook. */
export async function gradeClass(options: ClassOptions, outputs: readonly Output[]): Promise<void> {
  const { named, seed, minScore, deadline: at, late, ...rest } = options
  checkOptions(options, outputs)
  await checkBookOutputs(outputs, options.roster)
  if (options.folder !== '.')
    throw new InputError('--batch names the folder of submissions; leave the other folder out')
  checkReachable(minScore, named ?? (await loadCourse()))
  const { gradeBatch } = await import('../../grading/batch.js')
  const line = new ProgressLine('grading')
  const { book, passed } = await gradeBatch({
    ...rest,
    ...(at && { deadline: { at, rate: late } }),
    ...(seed && { seed }),
    named,
    ...(minScore && { isEnough: (score, maxScore) => isEnough(minScore, score, maxScore) }),
    version,
    progress: line.update,
    note,
  }).finally(() => line.clear())
  await writeBook(book, outputs, options.reveal)
  if (!passed) fail()
}

/** Throws InputError for options that don't go together, or do nothing. */
function checkOptions(options: ClassOptions, outputs: readonly Output[]): void {
  const { report, reveal, similar, deadline, late, shard } = options
  if (shard && (report || outputs.some(({ path }) => path)))
    throw new InputError('--shard writes a part; --report and --output are for cachelab merge')
  if (late && !deadline) throw new InputError('--late needs a --deadline')
  // What parts are put together in is said to merge.
  if (isMerging() || shard) return
  if (reveal && !report && !outputs.some(showsCases))
    throw new InputError('--reveal changes nothing here; add --report, or another --format such as html')
  if (similar && !outputs.some(showsTables))
    throw new InputError('--similar adds tables; choose another --format too, such as markdown')
}
