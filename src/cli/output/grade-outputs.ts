import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { type GradeFormat, gradeFormatNames, gradeFormats } from '../../grading/formats/index.js'
import { type BookFormatName, bookFormats } from '../../grading/gradebook/formats.js'
import type { Gradebook } from '../../grading/gradebook/gradebook.js'
import type { Student } from '../../grading/gradebook/roster.js'
import { LAB_FILE, type Lab } from '../../grading/lab.js'
import type { Reveal } from '../../grading/reveal.js'
import { InputError } from '../../input-error.js'
import { type FormatName, formatNames, formats } from '../../report/index.js'
import { plainPaint } from '../../report/paint.js'
import { checkWritable, writeWhole } from '../../write-whole.js'
import { choice } from '../options/arguments.js'
import { surface } from '../surface.js'
import { outputPaint, outputWidth, write, writeData } from './terminal.js'

/** The formats of many grades, and those of one grade or many. */
export const bookFormatNames = [...formatNames, ...Object.keys(bookFormats)]
const allFormatNames = [...new Set([...gradeFormatNames, ...bookFormatNames])] as Output['format'][]

/** A format in which the grade is written, and its file; without a path, standard output. */
export interface Output<Format = GradeFormat | BookFormatName | FormatName> {
  readonly format: Format
  readonly path?: string
}

/** `--format` and `--output`, which belong together in the order in which they are given. */
export function outputOptions(command: Command): { readonly command: Command; outputs(): Output[] } {
  const given: { format?: Output['format']; path?: string }[] = []
  const format = choice(allFormatNames)
  command
    .addOption(
      new Option('--format <name>', 'how to write the grade; may be given several times')
        .choices(allFormatNames)
        .argParser((text: string) => {
          given.push({ format: format(text, '--format') })
          return text
        }),
    )
    .addOption(
      new Option('--output <file>', 'file for the --format before it').argParser((path: string) => {
        const last = given.at(-1)
        if (last && last.path === undefined) last.path = path
        else given.push({ path })
      }),
    )
  return { command, outputs: () => complete(given) }
}

function complete(
  given: readonly { readonly format?: Output['format']; readonly path?: string }[],
): Output[] {
  const outputs = given.map(({ format = 'table', path }) =>
    path === undefined ? { format } : { format, path },
  )
  if (outputs.length === 0) return [{ format: 'table' }]
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new InputError('only one --format can go to standard output; give the others an --output')
  }
  const paths = outputs.flatMap(({ path }) => (path === undefined ? [] : [resolve(path)]))
  if (new Set(paths).size < paths.length) throw new InputError('two outputs have the same --output')
  return outputs
}

/** Whether a format of a gradebook has more than one table. */
export const showsTables = ({ format }: Output) =>
  format !== 'csv' && format !== 'svg' && !isBookFormat(format)

/** Whether a format of a gradebook shows cases that failed. */
export const showsCases = (output: Output) => output.format === 'junit' || showsTables(output)

/** Throws InputError if a gradebook can't be written in these formats or to these files. */
export async function checkBookOutputs(outputs: readonly Output[], roster?: string): Promise<void> {
  const wrong = outputs.find(({ format }) => !isReportFormat(format) && !isBookFormat(format))
  if (wrong) throw new InputError(`--batch writes ${bookFormatNames.join(', ')}, not ${wrong.format}`)
  for (const { format } of outputs) if (isBookFormat(format)) await checkIdentities(format, roster)
  checkOutputs(
    undefined,
    outputs.flatMap(({ path }) => path ?? []),
  )
}

/** Throws InputError where a format's reader couldn't tell who a student is. */
async function checkIdentities(format: BookFormatName, roster?: string): Promise<void> {
  const identities: readonly (keyof Student)[] = bookFormats[format].identities
  if (identities.length === 0) return
  const { rosterColumns, sharedRoster } = await import('../../grading/gradebook/roster.js')
  const students = roster ? await sharedRoster(roster) : []
  if (students.some((student) => identities.some((key) => student[key]))) return
  const columns = identities.map((key) => rosterColumns[key][0]).join(', ')
  throw new InputError(`--format ${format} needs a --roster with one of the columns ${columns}`)
}

const isReportFormat = (format: string): format is FormatName => format in formats
const isBookFormat = (format: string): format is BookFormatName => format in bookFormats

/** The same outputs. Throws InputError where a format is one of many grades only. */
export function gradeOutputs(outputs: readonly Output[]): Output<GradeFormat>[] {
  return outputs.map(({ format, ...rest }) => {
    if (!(format in gradeFormats)) throw new InputError(`--format ${format} needs --batch`)
    return { format: format as GradeFormat, ...rest }
  })
}

/** Writes the grades of many. */
export async function writeBook(
  book: Gradebook,
  outputs: readonly Output[],
  reveal: Reveal = 'cases',
): Promise<void> {
  const { gradebookReport } = await import('../../grading/gradebook/gradebook.js')
  const all = gradebookReport(book)
  const report = surface().choose?.(all) ?? all
  for (const { format, path } of outputs) {
    const page = path
      ? { width: 80, paint: plainPaint }
      : { width: outputWidth(), paint: await outputPaint() }
    const text = isBookFormat(format)
      ? (await bookFormats[format].render())(book, reveal)
      : (await formats[format as FormatName]())(report, page)
    if (path) writeWhole(path, text)
    else (format === 'table' ? write : writeData)(shielded(text))
  }
}

/** Throws InputError where a file can't be written, or is part of the submission. */
export function checkOutputs(lab: Lab | undefined, paths: readonly string[]): void {
  for (const path of paths) {
    checkWritable(path)
    if (!lab) continue
    const inside = relative(resolve(lab.folder), resolve(path))
    if ([LAB_FILE, ...[...lab.entries.values()].map(({ file }) => file)].includes(inside))
      throw new InputError(`${JSON.stringify(path)} is part of the lab; write somewhere else`)
    if (inside.split(sep)[0] !== '..') checkPlain(path, resolve(lab.folder))
  }
}

/** Throws InputError where a lab has put a link, a pipe or a device on the way to an output. */
function checkPlain(path: string, folder: string): void {
  for (let at = resolve(path); at !== folder && at !== dirname(at); at = dirname(at)) {
    const about = lstatSync(at, { throwIfNoEntry: false })
    if (about && !about.isFile() && !about.isDirectory())
      throw new InputError(
        `can't write ${JSON.stringify(path)}: ${JSON.stringify(at)} is not a regular file or folder`,
      )
  }
}

/** A text for standard output in which GitHub's runners find no workflow commands. */
export function shielded(text: string): string {
  if (!surface().env.GITHUB_ACTIONS || text.startsWith('{')) return text
  const token = randomBytes(12).toString('hex')
  return `::stop-commands::${token}\n${text}::${token}::\n`
}
