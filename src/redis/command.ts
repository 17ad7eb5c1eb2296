import type { Client } from './client.js'
import type { Reply, Several, WAITS } from './reply.js'

/** Groups of commands, as in Redis's documentation. */
export type Group =
  | 'string'
  | 'bitmap'
  | 'hash'
  | 'list'
  | 'set'
  | 'sorted-set'
  | 'hyperloglog'
  | 'generic'
  | 'transactions'
  | 'pubsub'
  | 'connection'
  | 'scripting'
  | 'server'

export type Answer = Reply | Several | typeof WAITS

/** Runs a command. `argv` holds its words, the name first, as the positions of keys count them. */
export type Run = (client: Client, argv: readonly string[]) => Answer

export interface Command {
  /** In lower case; a subcommand's with its parent's, such as `config|get`. */
  readonly name: string
  readonly group: Group
  /** The number of words, the name included; negative for a minimum. */
  readonly arity: number
  readonly flags: readonly string[]
  /** Positions of the first and the last key, negative from the end, and the step between them; 0 for none. */
  readonly keys: readonly [first: number, last: number, step: number]
  readonly complexity: string
  /** The arguments, as Redis's documentation writes them. */
  readonly usage: string
  readonly summary: string
  readonly run: Run
  /** Its number among all commands, for tables of counters. */
  readonly index: number
  readonly isWrite: boolean
  readonly isReadOnly: boolean
  /** Whether it is refused over maxmemory. */
  readonly isDeniedOverMemory: boolean
}

/** The facts of a command in its family's JSON. */
type Facts = Pick<Command, 'arity' | 'flags' | 'complexity' | 'usage' | 'summary'> & {
  readonly keys: readonly number[]
}

let count = 0

/** The commands of a family: a row of facts and a function each. One without the other doesn't compile. */
export function family<Name extends string>(
  group: Group,
  rows: Readonly<Record<Name, Facts>>,
  runs: Readonly<Record<NoInfer<Name>, Run>>,
): Command[] {
  return Object.entries<Facts>(rows).map(([name, facts]) => ({
    ...facts,
    name,
    group,
    keys: facts.keys as [number, number, number],
    run: runs[name as Name],
    index: count++,
    isWrite: facts.flags.includes('write'),
    isReadOnly: facts.flags.includes('readonly'),
    isDeniedOverMemory: facts.flags.includes('denyoom'),
  }))
}

/** The keys that a command names. */
export function keysIn(command: Command, argv: readonly string[]): string[] {
  return keyPlaces(command, argv).map((i) => argv[i])
}

/** Which of a command's words are keys. */
export function keyPlaces({ name, keys: [first, last, step] }: Command, argv: readonly string[]): number[] {
  const places: number[] = []
  const counted = COUNTED[name]
  if (counted !== undefined) {
    if (counted === 2 && name.endsWith('store')) places.push(1)
    const end = Math.min(argv.length - 1, counted + Number(argv[counted]))
    for (let i = counted + 1; i <= end; i++) places.push(i)
    return places
  }
  if (first === 0) return places
  const end = last < 0 ? argv.length + last : last
  for (let i = first; i <= end && i < argv.length; i += step) places.push(i)
  return places
}

/** Commands with an argument `numkeys`, and its position. */
const COUNTED: Readonly<Record<string, number>> = {
  lmpop: 1,
  zmpop: 1,
  blmpop: 2,
  bzmpop: 2,
  sintercard: 1,
  zintercard: 1,
  zdiff: 1,
  zinter: 1,
  zunion: 1,
  zdiffstore: 2,
  zinterstore: 2,
  zunionstore: 2,
}
