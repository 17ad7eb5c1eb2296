import { bookFormats } from '../../grading/gradebook/formats.js'
import { EnvironmentError, InputError } from '../../input-error.js'
import { useDivision } from '../../parallel/division.js'
import { mergeParts, missingOf, type Part, partText } from '../../parallel/part.js'
import { formatNames, type Report } from '../../report/index.js'
import { checkMergeable } from '../again/permitted.js'
import { partsIn } from '../division/part-files.js'
import { choice } from '../options/arguments.js'
import { command, flag, option, words } from '../options/declare.js'
import { note, writeData } from '../output/terminal.js'
import { perform } from '../run.js'
import { surface } from '../surface.js'
import { version } from '../version.js'

export const { configure, examples, accepts } = command({
  description:
    'Puts the parts together that --shard and --resume write, and prints what one machine prints for the whole.',
  operand: words('<parts...>', 'files, folders of them, or - for standard input'),
  options: {
    partial: flag('make the report of what is there, and say in it what is missing').first(),
    asPart: flag('print one part that holds all of these').excludes('partial', 'format', 'report'),
    trust: flag('also merge parts whose command loads code'),
    format: option(
      '<name>',
      'how to print the report (default: as the command does)',
      choice([...formatNames, ...Object.keys(bookFormats)]),
    ).last(),
    report: option('<folder>', 'of grade --batch, also write the report of each student there').last(),
  },
  examples: [
    [
      'cachelab ring sweep --shard 1/2 > 1.json; cachelab ring sweep --shard 2/2 > 2.json; cachelab merge 1.json 2.json',
      'two halves, which two machines can do, and the report of the whole',
    ],
    ['cachelab ring sweep --shard 1/3 | cachelab merge - --partial', 'the report of a third'],
    [
      'cachelab ring sweep --runs 5 --resume parts; cachelab merge parts --format csv',
      'what a folder holds, which another run would go on with',
    ],
  ],
  again: false,
  async run(flags, paths, program) {
    const parts = await partsIn(paths)
    if (parts.length === 0) throw new InputError(`${paths.join(', ')}: there is no part`)
    const { part, results } = mergeParts(parts)
    const [{ label }] = parts
    if (flags.asPart) return writeData(partText(part))
    checkWhole(part, label, flags.partial ?? false)
    await checkMergeable({ ...part, label }, flags.trust ?? false, program)
    const [path, rest] = splitAt(part.arguments, part.command.split(' ').length)
    const { choose } = surface()
    // These formats have no place for it.
    if (flags.partial && flags.format && !isFormat(flags.format))
      note(`the parts lack ${missingOf(part) ?? 'nothing'}`)
    if (flags.partial) surface().choose = (report) => (choose ?? same)(withMissing(report, part))
    useDivision({ results, mayRun: false, isPartial: flags.partial ?? false })
    try {
      const how = (['format', 'report'] as const).flatMap((key) =>
        flags[key] ? [`--${key}`, flags[key]] : [],
      )
      await perform([...path, ...how, ...rest])
    } catch (error) {
      const isOurs = error instanceof InputError || error instanceof EnvironmentError
      throw isOurs
        ? error
        : new InputError(`${label}: ${part.command} can’t use its results: ${(error as Error).message}`)
    } finally {
      useDivision(undefined)
      surface().choose = choose
    }
  },
})

/** Throws InputError for a part of another version of the program, or one that lacks tasks. */
function checkWhole(part: Part, label: string, isPartial: boolean): void {
  if (part.version !== version)
    throw new InputError(`${label} is a part of cachelab ${part.version}, and this is ${version}`)
  if (part.lists.some(({ tasks }) => tasks > 0) && part.lists.every(({ done }) => done.length === 0))
    throw new InputError(`${label}: no task is done`)
  const missing = missingOf(part)
  if (missing && !isPartial)
    throw new InputError(`the parts lack ${missing}; add --partial for a report without them`)
}

/** A report of the tasks that are there, which says so first. */
function withMissing(report: Report, part: Part): Report {
  const missing = missingOf(part)
  if (!missing) return report
  const text = `This report is partial: it lacks ${missing}.`
  return { ...report, findings: [{ id: 'partial', text }, ...report.findings] }
}

const isFormat = (name: string) => (formatNames as readonly string[]).includes(name)

const same = (report: Report): Report => report

const splitAt = <T>(list: readonly T[], at: number): [T[], T[]] => [list.slice(0, at), list.slice(at)]
