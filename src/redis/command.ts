import type { Client } from './client.js'
import type { Reply, Several, WAITS } from './reply.js'

/** The groups of Redis's documentation that we have. */
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
  | 'server'

export type Answer = Reply | Several | typeof WAITS

/** Does what a command says. `argv` holds its words, the name first, as keys' positions count. */
export type Run = (client: Client, argv: readonly string[]) => Answer

export interface Command {
  /** In lower case; a subcommand's with its parent's, such as `config|get`. */
  readonly name: string
  readonly group: Group
  /** Words with the name; negative: at least so many. */
  readonly arity: number
  /** As COMMAND gives them. */
  readonly flags: readonly string[]
  /** Positions of the first and the last key, negative from the end, and the step between them; 0 for none. */
  readonly keys: readonly [first: number, last: number, step: number]
  readonly complexity: string
  /** The words behind the name, as its documentation writes them. */
  readonly usage: string
  /** What it does, in a few words. */
  readonly summary: string
  readonly run: Run
}

/**
 * The commands of a family, of a table with a line each: name, arity, flags, keys, complexity, usage and summary, with
 * bars between them.
 */
export function family(group: Group, table: string, runs: Readonly<Record<string, Run>>): Command[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [name, arity, flags, keys, complexity, usage, summary] = line
        .split(' ¦ ')
        .map((cell) => cell.trim())
      return {
        ...{ name, group, complexity, usage, summary, run: runs[name] },
        arity: Number(arity),
        flags: flags.split(' ').filter(Boolean),
        keys: keys.split(' ').map(Number) as [number, number, number],
      }
    })
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

/** Commands that say how many keys they name, and the word where they say it. */
const COUNTED: Readonly<Record<string, number>> = {
  ...{ lmpop: 1, zmpop: 1, blmpop: 2, bzmpop: 2, sintercard: 1, zintercard: 1 },
  ...{ zdiff: 1, zinter: 1, zunion: 1, zdiffstore: 2, zinterstore: 2, zunionstore: 2 },
}
