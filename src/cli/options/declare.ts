import { Argument, type Command, Option } from 'commander'
import type { CommandModule, Program } from '../route.js'
import type { Parse } from './arguments.js'

/**
 * An option or operand, and the type of its value, which includes undefined if there is no default. Its name is the
 * key under which it is declared: `keysFrom` is `--keys-from`.
 */
export class Declared<T> {
  declare readonly value: T
  private excluded: string[] = []

  constructor(
    /** `<count>`, `[node]` or nothing, and `--no-` before a name. */
    private readonly shape: string,
    private readonly what: string,
    private readonly parse?: Parse<unknown>,
    private readonly initial?: T | string,
    private readonly shown?: string,
  ) {}

  /** Refuses those options beside this one. */
  excludes(...keys: string[]): this {
    this.excluded = keys
    return this
  }

  /** commander's option for a key of a table of options. */
  option(key: string): Option {
    const isNegated = this.shape === '--no-'
    const flag = `${isNegated ? '--no-' : '--'}${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    const option = new Option(isNegated ? flag : `${flag} ${this.shape}`.trim(), this.what)
    return this.complete(option, flag).conflicts(this.excluded)
  }

  /** commander's argument; `called` is what messages call it. */
  operand(called?: string): Argument {
    const argument = new Argument(this.shape, this.what)
    return this.complete(argument, called ?? argument.name())
  }

  private complete<O extends Option | Argument>(target: O, name: string): O {
    const { parse, initial, shown } = this
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

interface Declaration<O extends Options, A> extends Pick<CommandModule, 'examples'> {
  readonly description: string
  readonly usage?: string
  readonly operand?: Declared<A>
  /** The operand's name in messages, if it differs. */
  readonly called?: string
  readonly options?: O
  run(flags: FlagsOf<O>, operand: A, context: Context): void | Promise<void>
}

/** A command from what it declares. */
export function command<O extends Options, A>(declaration: Declaration<O, A>): CommandModule {
  const { description, usage, operand, called, options = {}, examples, run } = declaration
  return {
    examples,
    configure(command, program) {
      command.description(description)
      if (usage) command.usage(usage)
      if (operand) command.addArgument(operand.operand(called))
      return addOptions(command, options).action((...given: unknown[]) => {
        const [value, flags] = (operand ? given : [undefined, ...given]) as [A, FlagsOf<O>]
        const isGiven = (key: string) => command.getOptionValueSource(key) === 'cli'
        return run(flags, value, { ...program, isGiven })
      })
    },
  }
}
