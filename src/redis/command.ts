import type { Client } from './client.js'
import facts from './commands/facts.json' with { type: 'json' }
import type { Reply, Several, WAITS } from './reply.js'

/** Groups of commands, as in Redis's documentation. */
export type Group =
  | 'string'
  | 'bitmap'
  | 'hash'
  | 'list'
  | 'set'
  | 'sorted-set'
  | 'geo'
  | 'hyperloglog'
  | 'stream'
  | 'generic'
  | 'transactions'
  | 'pubsub'
  | 'connection'
  | 'scripting'
  | 'cluster'
  | 'server'

export type Answer = Reply | Several | typeof WAITS

/** Runs a command. `argv` holds its words, the name first, as the positions of keys count them. */
export type Run = (client: Client, argv: readonly string[]) => Answer

/** How a command's keys are found among its words, as Redis's key specifications say it. */
export interface KeySpecification {
  readonly notes?: string
  /** What the command does to the keys, such as `RW` and `update`. */
  readonly flags: readonly string[]
  /** The first key is at this position, or behind a word, which is sought from a position on; missing where unknown. */
  readonly index?: number
  readonly keyword?: readonly [word: string, from: number]
  /** The last key, from the first one or from the end; the step; which share of the words behind may be keys. */
  readonly range?: readonly [last: number, step: number, limit: number]
  /** From the first position on: where the number of keys is, where the first of them is, and the step. */
  readonly keynum?: readonly [count: number, first: number, step: number]
}

/** What Redis's COMMAND says of a command. */
export interface Described {
  /** In lower case; a subcommand's with its parent's, such as `config|get`. */
  readonly name: string
  /** The number of words, the name included; negative for a minimum. */
  readonly arity: number
  readonly flags: readonly string[]
  /** Positions of the first and the last key, negative from the end, and the step between them; 0 for none. */
  readonly keys: readonly [first: number, last: number, step: number]
  /** Of ACL, such as `@read`. */
  readonly categories: readonly string[]
  /** For clients and proxies. */
  readonly tips: readonly string[]
  readonly specifications: readonly KeySpecification[]
  /** The version of Redis that had it first. */
  readonly since: string
}

/** What our own words say of a command, in its family's JSON. */
interface Explained {
  readonly complexity: string
  /** The arguments, as Redis's documentation writes them. */
  readonly usage: string
  readonly summary: string
}

export interface Command extends Described, Explained {
  readonly group: Group
  readonly run: Run
  /** Its number among all commands, for tables of counters. */
  readonly index: number
  readonly isWrite: boolean
  readonly isReadOnly: boolean
  /** Whether the keys that it looks up count as read, though it may write others, or them too. */
  readonly isReading: boolean
  /** Whether it is refused over maxmemory. */
  readonly isDeniedOverMemory: boolean
}

/** What Redis says of a command or a container. Throws where it wasn't recorded. */
export function described(name: string): Described {
  const known = (facts as unknown as Readonly<Record<string, Described>>)[name]
  if (!known) throw new Error(`no facts of ${name}: test/fixtures/record/redis-commands.mjs records them`)
  return { ...known, name }
}

let count = 0

/** Commands that read their key before they write it. */
const READING = new Set(['getdel', 'getex', 'getset', 'set', 'bitfield'])

export function makeCommand(name: string, group: Group, words: Explained, run: Run): Command {
  const facts = described(name)
  return {
    ...facts,
    group,
    complexity: words.complexity,
    usage: words.usage,
    summary: words.summary,
    run,
    index: count++,
    isWrite: facts.flags.includes('write'),
    isReadOnly: facts.flags.includes('readonly'),
    isReading:
      facts.flags.includes('readonly') ||
      facts.specifications.some(({ flags }) => flags.includes('RO')) ||
      READING.has(name),
    isDeniedOverMemory: facts.flags.includes('denyoom'),
  }
}

/** The commands of a family: a row of words and a function each. One without the other doesn't compile. */
export function family<Name extends string>(
  group: Group,
  rows: Readonly<Record<Name, Explained>>,
  runs: Readonly<Record<NoInfer<Name>, Run>>,
): Command[] {
  return Object.entries<Explained>(rows).map(([name, words]) =>
    makeCommand(name, group, words, runs[name as Name]),
  )
}
