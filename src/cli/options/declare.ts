import { Argument, type Command, Option } from 'commander'
import { InputError, LimitError } from '../../input-error.js'
import type { OwnKind, OwnSource } from '../../own/index.js'
import { isOwn, type OwnName } from '../../own-name.js'
import type { DivisionFlags } from '../division/divided.js'
import type { CommandModule, Program } from '../route.js'
import { surface } from '../surface.js'
import type { Parse } from './arguments.js'
import { type Again, givenWords, hasPage, noteAgain } from './given.js'

const ranks = new WeakMap<Option, number>()

/** How much an option matters, as it was declared: 1, 0 or −1. Help shows those that matter most. */
export const rankOf = (option: Option): number => ranks.get(option) ?? 0

/** An option without a value that matters less than all others: many commands have it. */
export function commonOption(flag: string, what: string): Option {
  const option = new Option(flag, what)
  ranks.set(option, -1)
  return option
}

const taken = new WeakMap<Option | Argument, Takes>()

type Takes = Pick<Parse<unknown>, 'list' | 'own' | 'repeats' | 'unit'>

/** What is known of the values that an option or operand takes. */
export const takenBy = (target: Option | Argument): Takes => taken.get(target) ?? {}

/**
 * An option or operand, and the type of its value, which includes undefined if there is no default. Its name is the
 * key under which it is declared: `keysFrom` is `--keys-from`.
 */
export class Declared<T> {
  declare readonly value: T
  private excluded: string[] = []
  private rank = 0

  constructor(
    /** `<count>`, `[node]` or nothing, and `--no-` before a name. */
    private readonly shape: string,
    private readonly what: string,
    private readonly parse?: Parse<unknown>,
    readonly initial?: T | string,
    private readonly shown?: string,
  ) {}

  /** Refuses those options beside this one. */
  excludes(...keys: string[]): this {
    this.excluded = keys
    return this
  }

  /** The same option as one that matters more than others: help shows it first. */
  first(): this {
    return this.ranked(1)
  }

  /** The same option as one that matters less than others. */
  last(): this {
    return this.ranked(-1)
  }

  private ranked(rank: number): this {
    return Object.assign(Object.create(Declared.prototype), this, { rank })
  }

  /** What is known of the values that it takes. */
  get takes(): Takes {
    return this.parse ?? {}
  }

  /** Whether it is given as `--no-…`, and true without. */
  get isNegated(): boolean {
    return this.shape === '--no-'
  }

  /** How it is written under a key: `--keys-from`. */
  flag(key: string): string {
    return `${this.isNegated ? '--no-' : '--'}${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  }

  /** commander's option for a key of a table of options. */
  option(key: string): Option {
    const flag = this.flag(key)
    const option = new Option(this.isNegated ? flag : `${flag} ${this.shape}`.trim(), this.what)
    ranks.set(option, this.rank)
    return this.complete(option, flag).conflicts(this.excluded)
  }

  /** commander's argument; `called` is what messages call it. */
  operand(called?: string): Argument {
    const argument = new Argument(this.shape, this.what)
    return this.complete(argument, called ?? argument.name())
  }

  private complete<O extends Option | Argument>(target: O, name: string): O {
    const { parse, initial, shown } = this
    taken.set(target, this.takes)
    if (parse?.names) target.choices(parse.names)
    if (typeof initial === 'string' && parse) {
      const value = parse(initial, name)
      target.default(value, typeof value === 'string' ? shown : (shown ?? initial))
    } else if (initial !== undefined) target.default(initial, shown)
    if (parse) target.argParser((text: string, before: unknown) => parse(text, name, before))
    return target
  }
}

/** An option with a value. Its default is a value, or a text that is parsed. */
export function option(shape: string, what: string): Declared<string | undefined>
export function option(shape: string, what: string, parse: undefined, initial: string): Declared<string>
export function option<T>(shape: string, what: string, parse: Parse<T>): Declared<T | undefined>
export function option<T>(
  shape: string,
  what: string,
  parse: Parse<T>,
  initial: NoInfer<T> | string,
  shown?: string,
): Declared<T>
export function option<T>(
  shape: string,
  what: string,
  parse?: Parse<T>,
  initial?: T | string,
  shown?: string,
) {
  return new Declared(shape, what, parse as Parse<unknown>, initial, shown)
}

/** An operand that must be given. */
export const word = <T = string>(shape: string, what: string, parse?: Parse<T>) =>
  new Declared<T>(shape, what, parse as Parse<unknown>)

/** Operands, in an array. */
export const words = (shape: string, what: string) => new Declared<string[]>(shape, what)

/** An option without a value. */
export const flag = (what: string) => new Declared<true | undefined>('', what)

/** Options by the key that their value gets. */
export type Options = Readonly<Record<string, Declared<unknown>>>

type OptionalKeys<O extends Options> = {
  [K in keyof O]: undefined extends O[K]['value'] ? K : never
}[keyof O]

export type FlagsOf<O extends Options> = {
  [K in Exclude<keyof O, OptionalKeys<O>>]: O[K]['value']
} & { [K in OptionalKeys<O>]?: NonNullable<O[K]['value']> }

/** Adds options to a command, in their order. */
export function addOptions(command: Command, options: Options): Command {
  for (const [key, declared] of Object.entries(options)) command.addOption(declared.option(key))
  return command
}

export interface Context extends Program {
  /** Whether an option was given on the command line. */
  isGiven(key: string): boolean
}

/** Options that decide how much a simulation has to do. */
const AMOUNTS = [
  'nodes',
  'masters',
  'replicas',
  'clients',
  'servers',
  'keys',
  'slots',
  'rate',
  'requests',
  'duration',
]

/** ` (smaller --keys or --requests make it less)`, by which of these options a command has. */
function remedy(options: Options, amounts: readonly string[] = AMOUNTS): string {
  const flags = amounts.filter((key) => key in options).map((key) => `--${key}`)
  return flags.length > 0
    ? `; a smaller ${flags.join(', ').replace(/, ([^,]*)$/, ' or $1')} makes it less`
    : ''
}

interface Declaration<O extends Options, A> extends Pick<CommandModule, 'examples'> {
  readonly description: string
  readonly usage?: string
  readonly operand?: Declared<A>
  /** The operand's name in messages, if it differs. */
  readonly called?: string
  readonly options?: O
  /** When its report may be run again; always by default, as most only compute. */
  readonly again?: Again
  /** What the file brings that the operand names, where the operand doesn't say. */
  kindOf?(flags: FlagsOf<O>, operand: A): Promise<OwnKind>
  run(flags: FlagsOf<O>, operand: A, context: Context): void | Promise<void>
}

/** An operand that is one of several names takes `help` for a question. */
function withHelp(operand: Argument, command: Command): Argument {
  const { argChoices, parseArg } = operand
  if (!argChoices || argChoices.includes('help') || !parseArg) return operand
  return operand.argParser((text, before) => (text === 'help' ? command.help() : parseArg(text, before)))
}

/** Loads the files of the user's own among these values, with the options for them; what loaded them, if there are any. */
async function loadFiles(values: readonly [OwnKind | undefined, unknown][], given: readonly Pair[] = []) {
  const options = Object.fromEntries(given)
  const sources = values.flatMap(([kind, value]) =>
    kind ? ownNames(value).map((name): OwnSource => ({ kind, name, options })) : [],
  )
  if (given.length > 0 && !sources.some(({ kind }) => kind === 'policy'))
    throw new InputError(
      '--policy-option is for policies of files, such as --policies ./mine.ts, and there is none',
    )
  if (sources.length === 0) return undefined
  const own = await import('../../own/index.js')
  await own.loadOwn(sources)
  return own
}

type Pair = readonly [string, string | number | boolean]

/** The files among a name or a list of names. */
function ownNames(value: unknown): OwnName[] {
  return [value].flat().filter((name): name is OwnName => typeof name === 'string' && isOwn(name))
}

/** What opens the page that the run prints. Throws InputError where another format is asked for. */
async function opened(isGiven: (key: string) => boolean, { format }: Readonly<Record<string, unknown>>) {
  if (isGiven('format') && format !== 'html')
    throw new InputError(`--open shows html, and --format is ${format}`)
  return (await import('../output/open.js')).collectPage()
}

/** Runs a command on as many cores, and as much of its work, as its options say. */
async function inParallel(command: Command, flags: DivisionFlags, run: () => void | Promise<void>) {
  return (await import('../division/divided.js')).runInParallel(command, flags, run)
}

/** A command from what it declares. */
export function command<O extends Options, A>(
  declaration: Declaration<O, A>,
): CommandModule & { readonly accepts: O } {
  const { description, usage, operand, called, options = {} as O, examples, again = true, run } = declaration
  return {
    accepts: options,
    examples,
    configure(command, program) {
      command.description(description)
      if (usage) command.usage(usage)
      if (operand) command.addArgument(withHelp(operand.operand(called), command))
      const words = givenWords(addOptions(command, options))
      noteAgain(command, again)
      if (hasPage(command)) command.addOption(commonOption('--open', 'show it in a browser, as a page'))
      return command.action(async (...given: unknown[]) => {
        const [value, flags] = (operand ? given : [undefined, ...given]) as [A, FlagsOf<O>]
        surface().arguments = words()
        const isGiven = (key: string) => command.getOptionValueSource(key) === 'cli'
        const values = flags as Readonly<Record<string, unknown>>
        const kind = declaration.kindOf ? await declaration.kindOf(flags, value) : operand?.takes.own
        const named: [OwnKind | undefined, unknown][] = [[kind, value]]
        for (const [key, { takes }] of Object.entries<Declared<unknown>>(options))
          named.push([takes.own, values[key]])
        const own = await loadFiles(named, values.policyOption as Pair[] | undefined)
        try {
          const page = values.open ? await opened(isGiven, values) : undefined
          const perform = () =>
            run(page ? { ...flags, format: 'html' } : flags, value, { ...program, isGiven })
          await ('jobs' in options || 'shard' in options ? inParallel(command, values, perform) : perform())
          await page?.()
        } catch (thrown) {
          const error = own?.blamed(thrown) ?? thrown
          throw error instanceof LimitError
            ? new InputError(error.message + remedy(options, error.options))
            : error
        } finally {
          own?.leaveOwn()
        }
      })
    },
  }
}
