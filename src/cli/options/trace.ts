import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestSource } from '../../experiment/eviction/requests.js'
import type { TraceFile } from '../../experiment/eviction/trace-results.js'
import { InputError } from '../../input-error.js'
import { fact } from '../../parallel/division.js'
import { traceFormats } from '../../trace/formats/index.js'
import type { KeyIndex } from '../../trace/key-index.js'
import { Trace } from '../../trace/trace.js'
import type { WorkloadName } from '../../workload/index.js'
import { inputBytes, labelOf } from '../input.js'
import { noteWithReport } from '../output/terminal.js'
import { choice, each, type Parse, sizeInBytes, word } from './arguments.js'
import { type FlagsOf, option } from './declare.js'
import { exponentOf, type RequestsFlags } from './eviction.js'

const MAX_BLOCK = 2 ** 40

const delimiter: Parse<string> = (text, flag) => {
  if (text === 'tab' || text === 'space' || text === '\\t') return text
  if (text.length === 1 && text.charCodeAt(0) < 128 && !/[\w"\n\r]/.test(text)) return text
  throw new InputError(
    `${flag} must be one sign that is no letter, digit or quote, or tab or space, got ${JSON.stringify(text)}`,
  )
}

const blockBytes: Parse<number> = (text, flag) => {
  const value = sizeInBytes(text, /^\d+(B|KB|MB|KiB|MiB)?$/)
  if (value >= 1 && value <= MAX_BLOCK) return value
  throw new InputError(
    `${flag} must be a size from 1 byte to 1 TiB, such as 512 or 4KiB, got ${JSON.stringify(text)}`,
  )
}

const file: Parse<string> = (text, flag) => {
  if (text === '') throw new InputError(`${flag} must name a file, got ""`)
  return text
}

const column = (what: string) => option('<name|number>', what, word).last()

/** Options that say how a trace is to be read. */
const readingOptions = {
  traceFormat: option(
    '<name>',
    'how the trace is written, see evict formats (default: by its content)',
    choice(traceFormats),
  ).last(),
  delimiter: option('<sign>', 'what separates the columns of a trace, or tab or space', delimiter).last(),
  header: option('<yes|no>', 'whether the first line of a trace holds names', choice(['yes', 'no'])).last(),
  comment: option('<text>', 'what begins a line of a trace that is skipped, such as #', word).last(),
  keyColumn: column('which column of a trace is the key, by its name, or its number from 1'),
  sizeColumn: column('which one is the size in bytes'),
  timeColumn: column('which one is the time in seconds'),
  ttlColumn: column('which one is the time to live in seconds, 0 for ever'),
  opColumn: column('which one is the operation, such as get, set or delete'),
  countColumn: column('which one says how often the request is made'),
  blockSize: option('<size>', 'bytes of a block, in traces of storage and memory', blockBytes).last(),
}

/** Options for requests from a file, which exclude those for generated requests. */
export const traceOptions = (...others: string[]) => ({
  trace: option(
    '<file>',
    'requests from a file or all files of a folder, also compressed; - is standard input; may be given again',
    each(file),
  )
    .first()
    .excludes('keys', 'requests', 'skew', 'exponent', ...others),
  ...readingOptions,
})

type TraceFlags = FlagsOf<ReturnType<typeof traceOptions>>

/** The traces of the options, a folder's in the order of their names; none if none is given. */
export async function tracesOf(flags: TraceFlags, index?: KeyIndex): Promise<TraceFile[]> {
  const { trace: paths = [], traceFormat: format } = flags
  const names = Object.keys(readingOptions) as (keyof typeof readingOptions)[]
  const given = names.filter((name) => flags[name] !== undefined)
  if (paths.length === 0 && given.length > 0)
    throw new InputError(`${given.map(flagOf).join(' and ')}: options of a trace need --trace`)
  if (paths.filter((path) => path === '-').length > 1)
    throw new InputError('--trace -: standard input can be read only once')
  if (paths.length === 0) return []
  const reading = Object.fromEntries(given.map((name) => [name, flags[name]]))
  const options = { ...reading, format, index, notice: noteWithReport }
  const files = await fact('the list of traces', () =>
    paths.flatMap(filesOf).map((path) => [path, sizeOf(path)] as const),
  )
  return files.map(([path, bytes]) => ({
    label: labelOf(path),
    bytes,
    open: () => new Trace(labelOf(path), inputBytes(path), options),
  }))
}

/** The same for commands that take one trace, whose keys an index may number. */
export async function traceOf(flags: TraceFlags, index?: KeyIndex): Promise<Trace | undefined> {
  const traces = await tracesOf(flags, index)
  if (traces.length > 1) throw new InputError(`--trace: this command takes one trace, got ${traces.length}`)
  return traces[0]?.open()
}

/** The requests of the options: those of the trace, or of the workload where none is given. */
export async function sourceOf(
  flags: TraceFlags & RequestsFlags & { workload: WorkloadName },
  index?: KeyIndex,
): Promise<RequestSource> {
  const trace = await traceOf(flags, index)
  if (trace) return { trace }
  return { workload: flags.workload, setup: { ...flags, exponent: exponentOf(flags) } }
}

/** A file's bytes; 0 for a pipe. */
const sizeOf = (path: string): number =>
  (path === '-' ? undefined : statSync(path, { throwIfNoEntry: false })?.size) ?? 0

/** A file, or all files of a folder by name, but for hidden ones. */
function filesOf(path: string): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
  const folders = entries.filter((entry) => entry.isDirectory()).length
  if (folders > 0)
    noteWithReport(
      `${labelOf(path)}: ${folders === 1 ? 'a folder in it is' : `${folders} folders in it are`} left out`,
    )
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort()
  if (files.length === 0) throw new InputError(`--trace: there are no files in ${labelOf(path)}`)
  return files
}

const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
