import { Readable } from 'node:stream'
import { CommanderError } from 'commander'
import type { Declared, Options } from '../cli/options/declare.js'
import { createProgram } from '../cli/program.js'
import { routes } from '../cli/routes.js'
import { useSurface } from '../cli/surface.js'
import { version } from '../cli/version.js'
import { InputError } from '../input-error.js'
import { isCode, nameOf, type OwnCode } from '../own/given.js'
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

/** The options of a command: its long options in camelCase, without --format. Those left out have its defaults. */
export type OptionsOf<C extends { readonly accepts: Options }> = {
  readonly [K in Exclude<keyof C['accepts'], 'format'>]?: C['accepts'][K] extends Declared<infer T>
    ? Value<NonNullable<T>>
    : never
}

/** What else a run takes. */
export interface RunOptions {
  /** The words after the options: requests, keys, a name. */
  readonly operands?: readonly string[]
  /** Is told what the command line says on standard error: what was understood of a file, what is not used. */
  readonly note?: (text: string) => void
}

/** An experiment: a command of the command line as a function. Throws InputError where an option can't be used. */
export type Experiment<C extends { readonly accepts: Options }> = (
  options?: OptionsOf<C>,
  run?: RunOptions,
) => Promise<Report>

/** The experiment of a command, such as `ring sweep`. One at a time runs; others wait. */
export function experiment<C extends { readonly accepts: Options }>(command: string): Experiment<C> {
  return (options = {}, run = {}) => {
    const next = last.then(() => reportOf(command, options, run))
    last = next.catch(() => {})
    return next
  }
}

/** The command line's program has one surface, and so runs one command at a time. */
let last: Promise<unknown> = Promise.resolve()

async function reportOf(
  command: string,
  options: Readonly<Record<string, unknown>>,
  { operands = [], note = () => {} }: RunOptions,
): Promise<Report> {
  const { accepts = {} } = (await routes.find(({ path }) => path.join(' ') === command)!.load()) as {
    accepts?: Options
  }
  const argv = [...command.split(' '), ...words(accepts, options), '--format', 'json']
  let found: Report | undefined
  let refused = ''
  useSurface({
    env: {},
    stdin: Readable.from([]),
    columns: undefined,
    rows: undefined,
    showsProgress: false,
    print: () => {},
    warn: (text) => {
      refused = text
      note(text.trimEnd())
    },
    choose: (report) => {
      found = report
      return report
    },
    code: 0,
  })
  try {
    const line = operands.length > 0 ? [...argv, '--', ...operands] : argv
    await (await createProgram(line, version)).parseAsync(line, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) throw new InputError(refused.replace(/^error: /, '').trimEnd())
    throw error
  }
  if (!found) throw new InputError(`${command} gives no report with these options`)
  return found
}

/** Options as words of a command line. Throws InputError for one that the command doesn't have. */
function words(accepts: Options, options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    if (value === undefined || value === null) return []
    const declared = Object.hasOwn(accepts, key) && key !== 'format' ? accepts[key] : undefined
    if (!declared)
      throw new InputError(
        `there is no option ${JSON.stringify(key)} (options: ${Object.keys(accepts)
          .filter((name) => name !== 'format')
          .join(', ')})`,
      )
    const flag = declared.flag(key)
    if (typeof value === 'boolean') return value === declared.isNegated ? [] : [flag]
    const { repeats, unit } = declared.takes
    const text = (each: unknown): string =>
      isCode(each)
        ? nameOf(each)
        : Array.isArray(each)
          ? each.map(text).join(',')
          : `${each}${typeof each === 'number' && unit && each !== 0 ? unit : ''}`
    return (repeats ? listOf(value) : [value]).flatMap((each) => [flag, text(each)])
  })
}

/** What is given to an option that may be given several times: a list, or an object for its `name=value`. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.map((each) => (Array.isArray(each) ? each.join('=') : each))
  return typeof value === 'object' && value ? Object.entries(value).map((pair) => pair.join('=')) : [value]
}
