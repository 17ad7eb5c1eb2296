import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { type GradeFormat, gradeFormatNames } from '../../grading/formats/index.js'
import { LAB_FILE, type Lab } from '../../grading/lab.js'
import { InputError } from '../../input-error.js'
import { type FormatName, formatNames, formats, type Report } from '../../report/index.js'
import { plainPaint } from '../../report/paint.js'
import { checkWritable, writeWhole } from '../../write-whole.js'
import { choice } from '../options/arguments.js'
import { surface } from '../surface.js'
import { outputPaint, outputWidth, write, writeData } from './terminal.js'

/** A format in which the grade is written, and its file; without a path, standard output. */
export interface Output {
  readonly format: GradeFormat
  readonly path?: string
}

/** `--format` and `--output`, which belong together in the order in which they are given. */
export function outputOptions(command: Command): { readonly command: Command; outputs(): Output[] } {
  const given: { format?: GradeFormat; path?: string }[] = []
  const format = choice(gradeFormatNames)
  command
    .addOption(
      new Option('--format <name>', 'how to write the grade; may be given several times')
        .choices(gradeFormatNames)
        .argParser((text: string) => void given.push({ format: format(text, '--format') })),
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

function complete(given: readonly { readonly format?: GradeFormat; readonly path?: string }[]): Output[] {
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

/** Throws InputError if a summary of many grades can't be written in these formats or to these files. */
export function checkSummaryOutputs(outputs: readonly Output[]): void {
  const wrong = outputs.find(({ format }) => !isReportFormat(format))
  if (wrong) throw new InputError(`--batch writes ${formatNames.join(', ')}, not ${wrong.format}`)
  checkOutputs(
    undefined,
    outputs.flatMap(({ path }) => path ?? []),
  )
}

const isReportFormat = (format: string) => (formatNames as readonly string[]).includes(format)

/** Writes a summary of many grades. */
export async function writeSummary(summary: Report, outputs: readonly Output[]): Promise<void> {
  for (const { format, path } of outputs) {
    const render = await formats[format as FormatName]()
    if (path) writeWhole(path, render(summary, { width: 80, paint: plainPaint }))
    else {
      const text = shielded(render(summary, { width: outputWidth(), paint: await outputPaint() }))
      ;(format === 'table' ? write : writeData)(text)
    }
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
