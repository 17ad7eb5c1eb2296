import { type Command, type Described, described } from './command.js'
import { bitmaps } from './commands/bitmaps.js'
import { clients } from './commands/clients.js'
import { clusterCommands } from './commands/cluster.js'
import { connection } from './commands/connection.js'
import { diagnostics } from './commands/diagnostics.js'
import { functions } from './commands/functions.js'
import { generic } from './commands/generic.js'
import { geo } from './commands/geo.js'
import { hashes } from './commands/hashes.js'
import { helpCommand } from './commands/help.js'
import { hyperLogLogs } from './commands/hyperloglogs.js'
import { lists } from './commands/lists.js'
import { pubSub } from './commands/pubsub.js'
import { scripting } from './commands/scripting.js'
import { serverCommands } from './commands/server.js'
import { sets } from './commands/sets.js'
import { sortedSets } from './commands/sorted-sets.js'
import { standalone } from './commands/standalone.js'
import { streams } from './commands/streams.js'
import { strings } from './commands/strings.js'
import { transactions } from './commands/transactions.js'

const families = [
  ...[strings, bitmaps, hashes, lists, sets, sortedSets, geo, hyperLogLogs, streams],
  ...[generic, transactions, pubSub, connection, clients, serverCommands, diagnostics, standalone, functions],
  clusterCommands,
  scripting,
]

/** All commands by name, grouped by family. */
const table = new Map(families.flat().map((command) => [command.name, command]))
export const commands: ReadonlyMap<string, Command> = table

/** Subcommands by the name of their container. */
const subcommands = new Map<string, Command[]>()
for (const command of commands.values()) {
  const [name, subcommand] = command.name.split('|')
  if (subcommand) subcommands.set(name, [...(subcommands.get(name) ?? []), command])
}
for (const [name, others] of subcommands) {
  const help = helpCommand(name, others)
  table.set(help.name, help)
  subcommands.set(name, [...others, help])
}

/** Commands and containers by the first word, in lower and in upper case. */
const words = new Map<string, { command?: Command; isContainer?: boolean }>()
for (const command of commands.values()) {
  const [name, subcommand] = command.name.split('|')
  const entry = words.get(name) ?? {}
  if (subcommand) entry.isContainer = true
  else entry.command = command
  words.set(name, entry)
  words.set(name.toUpperCase(), entry)
}

const entryOf = (word: string) => words.get(word) ?? words.get(word.toLowerCase())

const NONE: readonly Command[] = []

export const subcommandsOf = (name: string): readonly Command[] => subcommands.get(name) ?? NONE

/** Commands and containers, as COMMAND COUNT counts them. */
export const topLevel: readonly string[] = [...words.keys()].filter((name) => name === name.toLowerCase())

const containers = new Map(
  [...subcommands.keys()].filter((name) => !commands.has(name)).map((name) => [name, described(name)]),
)

/** What Redis says of a command or a container; undefined where there is none. */
export const describe = (name: string): Described | undefined => commands.get(name) ?? containers.get(name)

/** Whether a name is one of those that need a subcommand. */
export const isContainer = (name: string) => entryOf(name)?.isContainer === true

/** The command that words call; undefined where there is none. */
export function findCommand(argv: readonly string[]): Command | undefined {
  const entry = entryOf(argv[0])
  if (!entry?.isContainer || argv.length < 2) return entry?.command
  return commands.get(`${argv[0]}|${argv[1]}`.toLowerCase())
}
