import { Readable } from 'node:stream'
import type { Declared, Options } from '../cli/options/declare.js'
import { routes } from '../cli/routes.js'
import { perform } from '../cli/run.js'
import { useSurface } from '../cli/surface.js'
import { InputError } from '../input-error.js'
import { isCode, nameOf, type OwnCode } from '../own/given.js'
import type { Plain } from '../redis/present.js'
import type { Report } from '../report/report.js'

/**
 * A value of an option: as on the command line, or the plain number, name or list. A time is a text such as `'2s'` or
 * milliseconds; several values are a list; a policy, placement, hash or workload may be your own class or function.
 */
export type Value<T> = T extends boolean
  ? boolean
  : T extends number
    ? number | string
    : T extends string
      ? T | OwnCode
      : T extends readonly (infer U)[]
        ? number | Value<U> | readonly Value<U>[]
        : string | number

/** Options that decide what a command prints: a function gives its report. */
const PRINTING = ['format', 'shard', 'verbose'] as const
const isPrinting = (key: string) => (PRINTING as readonly string[]).includes(key)

/** The options of a command: its long options in camelCase, without those for printing. Those left out have its defaults. */
export type OptionsOf<C extends { readonly accepts: Options }> = {
  readonly [K in Exclude<keyof C['accepts'], (typeof PRINTING)[number]>]?: C['accepts'][K] extends Declared<
    infer T
  >
    ? Value<NonNullable<T>>
    : never
}

/** What else a run takes. */
export interface RunOptions {
  /** The words after the options: requests, keys, a name, a file; `-` is `input`. */
  readonly operands?: readonly (string | OwnCode)[]
  /** What is read as standard input: a trace, a script, a report. */
  readonly input?: string | Uint8Array
  /** Is told what the command line says on standard error: what was understood of a file, what is not used. */
  readonly note?: (text: string) => void
}

/** What a script of Redis commands is answered: an entry for each command, and each message that none asked for. */
export interface Replies {
  readonly schema: 'cachelab/replies@1'
  readonly command: string
  readonly replies: readonly {
    /** Which client, where a script has several. */
    readonly client?: number
    readonly command?: string
    readonly message?: true
    /** What a line did that sends nothing. */
    readonly note?: string
    /** The nodes of a cluster that the client asked, and why. */
    readonly hops?: readonly { readonly node: string; readonly why: string }[]
    readonly reply: Plain
    /** The client had turned replies off. */
    readonly silenced?: true
    readonly closed?: true
    /** The command waited, and never got a reply. */
    readonly answered?: false
  }[]
}

/**
 * An experiment: a command of the command line as a function. Throws InputError where an option can't be used.
 *
 * @example
 * import { type Experiment, type OptionsOf, ringDistribution, type RunOptions, type Value } from 'cachelab'
 * type Options = typeof ringDistribution extends Experiment<infer Command> ? OptionsOf<Command> : never
 * const vnodes: Value<number> = '200'
 * const options: Options = { nodes: ['a', 'b', 'c'], vnodes }
 * const run: RunOptions = { note: (text) => console.error(text) }
 * const { parameters } = await ringDistribution(options, run)
 * parameters.vnodes // 200
 */
export interface Experiment<C extends { readonly accepts: Options }, R = Report> {
  (options?: OptionsOf<C>, run?: RunOptions): Promise<R>
  /** Its command on the command line, such as `ring sweep`. */
  readonly command: string
  /** The defaults of its options, as options. */
  defaults(): Promise<OptionsOf<C>>
}

/** The experiment of a command. One at a time runs; others wait. */
export function experiment<C extends { readonly accepts: Options }, R extends Report | Replies = Report>(
  command: string,
): Experiment<C, R> {
  const run = (options: OptionsOf<C> = {}, more: RunOptions = {}) => {
    const next = last.then(() => resultOf(command, options, more) as Promise<R>)
    last = next.catch(() => {})
    return next
  }
  const defaults = async () => {
    const all = Object.entries(await optionsOf(command)).filter(([key]) => !isPrinting(key))
    return Object.fromEntries(
      all.flatMap(([key, { initial }]) => (initial === undefined ? [] : [[key, initial]])),
    ) as OptionsOf<C>
  }
  return Object.assign(run, { command, defaults })
}

/** The command line's program has one surface, and so runs one command at a time. */
let last: Promise<unknown> = Promise.resolve()

async function optionsOf(command: string): Promise<Options> {
  const module = await routes.find(({ path }) => path.join(' ') === command)!.load()
  return (module as unknown as { accepts: Options }).accepts
}

async function resultOf(
  command: string,
  options: Readonly<Record<string, unknown>>,
  { operands = [], input = '', note = () => {} }: RunOptions,
): Promise<Report | Replies> {
  const argv = [...command.split(' '), ...words(await optionsOf(command), options), '--format', 'json']
  let found: Report | undefined
  const printed: string[] = []
  useSurface({
    env: {},
    stdin: Readable.from([Buffer.from(input)]),
    columns: undefined,
    rows: undefined,
    showsProgress: false,
    print: (text) => void printed.push(text),
    warn: (text) => note(text.trimEnd()),
    choose: (report) => {
      found = report
      return report
    },
    code: 0,
  })
  await perform(operands.length > 0 ? [...argv, '--', ...operands.map((each) => textOf(each))] : argv)
  return found ?? JSON.parse(printed.join(''))
}

/** Options as words of a command line. Throws InputError for one that the command doesn't have. */
function words(accepts: Options, options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    if (value === undefined || value === null) return []
    const declared = Object.hasOwn(accepts, key) && !isPrinting(key) ? accepts[key] : undefined
    if (!declared)
      throw new InputError(
        `there is no option ${JSON.stringify(key)} (options: ${Object.keys(accepts)
          .filter((name) => !isPrinting(name))
          .join(', ')})`,
      )
    const flag = declared.flag(key)
    if (typeof value === 'boolean') return value === declared.isNegated ? [] : [flag]
    const { repeats, unit } = declared.takes
    return (repeats ? listOf(value) : [value]).flatMap((each) => [flag, textOf(each, unit)])
  })
}

/** A value as a word of a command line. */
function textOf(value: unknown, unit = ''): string {
  if (isCode(value)) return nameOf(value)
  if (Array.isArray(value)) return value.map((each) => textOf(each, unit)).join(',')
  return `${value}${typeof value === 'number' && value !== 0 ? unit : ''}`
}

/** What is given to an option that may be given several times: a list, or an object for its `name=value`. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.map((each) => (Array.isArray(each) ? each.join('=') : each))
  return typeof value === 'object' && value ? Object.entries(value).map((pair) => pair.join('=')) : [value]
}
