import { type Command, Option } from 'commander'
import type { WriteMode } from '../cluster/client.js'
import { type PolicyName, policyNames } from '../eviction/index.js'
import type { ReplicationSetup } from '../experiment/replication/setup.js'
import { InputError } from '../input-error.js'
import { choice, duration, suggestion, wholeNumber } from './arguments.js'
import { checkPoints, type RingFlags, ringOptions } from './options.js'

/** Options that the commands of the replication lab share. */

const MODES = ['sync', 'async', 'quorum'] as const satisfies readonly WriteMode[]
const MAX_KEYS = 10_000_000
const MAX_NODES = 1000
const HOUR = 3_600_000

/** What differs from command to command. */
export interface ReplicationDefaults {
  readonly nodes?: string
  readonly replicas?: number
  readonly keys?: number
  readonly remember?: string
  readonly detect?: string
}

/** What `replicationOptions` reads from the command line. */
export interface ReplicationFlags extends RingFlags {
  keys: number
  replicas: number
  mode: WriteMode
  writeQuorum?: number
  readQuorum?: number
  hop: number
  jitter: number
  service: number
  lag: number
  timeout: number
  remember: number
  hints: boolean
  detect: number
  capacity?: number
  policy: PolicyName
}

function timeOption(flag: string, what: string, initial: string, min = 0): Option {
  const parse = duration(flag, min, HOUR)
  return new Option(`${flag} <time>`, what).default(parse(initial), initial).argParser(parse)
}

/** A cluster's nodes and ring, its replication, and the times of its network. */
export function replicationOptions(command: Command, defaults: ReplicationDefaults = {}): Command {
  const count = (flag: string, what: string, max: number) =>
    new Option(`${flag} <count>`, what).argParser(wholeNumber(flag, 1, max))
  return ringOptions(command, defaults.nodes, 'draw another ring and other random times')
    .addOption(count('--keys', 'the keys key-0, key-1, …', MAX_KEYS).default(defaults.keys ?? 10_000))
    .addOption(count('--replicas', 'copies of each key in all', MAX_NODES).default(defaults.replicas ?? 2))
    .addOption(
      new Option('--mode <name>', 'when a write is done: all owners have it, one, or a quorum')
        .choices(MODES)
        .default('sync')
        .argParser(choice('--mode', MODES)),
    )
    .addOption(count('--write-quorum', 'owners that must have a write (default: a majority)', MAX_NODES))
    .addOption(
      count('--read-quorum', 'owners that a read asks (default: replicas − write quorum + 1)', MAX_NODES),
    )
    .addOption(timeOption('--hop', 'to a node and back', '0.5ms'))
    .addOption(timeOption('--jitter', 'each way takes up to so much longer, at random', '0.1ms'))
    .addOption(timeOption('--service', 'a node works so long on a request', '0.02ms'))
    .addOption(timeOption('--lag', 'async: until the primary passes a write on', '10ms'))
    .addOption(timeOption('--timeout', 'until a node that does not answer is given up', '50ms', 1))
    .addOption(
      timeOption('--remember', 'a node that failed is asked last for so long', defaults.remember ?? '0'),
    )
    .addOption(count('--capacity', 'keys that each node holds (default: all)', MAX_KEYS))
    .addOption(
      new Option('--policy <name>', 'what a full node drops')
        .choices(policyNames)
        .default('lru')
        .argParser(choice('--policy', policyNames)),
    )
}

/** What happens to nodes that fail while requests run. */
export function recoveryOptions(command: Command, detect = '1s'): Command {
  return command
    .addOption(timeOption('--detect', 'a silent node is declared dead after so long', detect, 1))
    .addOption(
      new Option('--hints', 'keep writes that a node missed, and send them when it is back').default(false),
    )
}

/** The setup that the options describe. Throws InputError where they don't fit together. */
export function replicationSetup(flags: ReplicationFlags): ReplicationSetup {
  const { nodes, replicas, mode } = flags
  checkPoints(flags)
  if (nodes.length > MAX_NODES) {
    throw new InputError(`--nodes must be at most ${MAX_NODES} here, got ${nodes.length}`)
  }
  if (replicas > nodes.length) {
    throw new InputError(`--replicas must be from 1 to ${nodes.length}, the number of nodes, got ${replicas}`)
  }
  const writeQuorum = flags.writeQuorum ?? Math.floor(replicas / 2) + 1
  const readQuorum = flags.readQuorum ?? replicas - writeQuorum + 1
  for (const [name, value] of [
    ['write-quorum', flags.writeQuorum],
    ['read-quorum', flags.readQuorum],
  ] as const) {
    if (value === undefined) continue
    if (mode !== 'quorum') throw new InputError(`--${name} needs --mode quorum`)
    if (value > replicas) {
      throw new InputError(`--${name} must be from 1 to ${replicas}, the number of replicas, got ${value}`)
    }
  }
  if (flags.policy === 'opt')
    throw new InputError('--policy opt needs the future, which a cluster does not know')
  return {
    ...flags,
    seed: flags.seed,
    capacity: flags.capacity,
    writeQuorum,
    readQuorum,
    hints: flags.hints ?? false,
    patience: flags.detect ?? 1000,
  }
}

/** The number of a node by its name. Throws InputError if there is none. */
export function nodeNumber(flag: string, name: string, nodes: readonly string[]): number {
  const node = nodes.indexOf(name)
  if (node >= 0) return node
  const known = nodes.length <= 10 ? ` (nodes: ${nodes.join(', ')})` : ''
  throw new InputError(`${flag}: there is no node ${JSON.stringify(name)}${suggestion(name, nodes) || known}`)
}
