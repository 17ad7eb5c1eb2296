import { type Command, Option } from 'commander'
import { type WriteMode, writeModes } from '../../cache-cluster/client.js'
import { type PolicyName, policyNames } from '../../eviction/index.js'
import { historyDefaults } from '../../experiment/replication/history.js'
import type { PhasesOptions } from '../../experiment/replication/setup.js'
import { defaults, type ReplicationSetup } from '../../experiment/replication/setup.js'
import { InputError } from '../../input-error.js'
import { loadWorkloads } from '../../workload/eighty-twenty.js'
import { choice, wholeNumber } from './arguments.js'
import type { ConnectFlags } from './connect.js'
import { nodeNumber, timeOption } from './load.js'
import { checkPoints, type RingFlags, ringOptions } from './ring.js'

/** Options that the commands of the replication lab share. */

const MAX_KEYS = 10_000_000
const MAX_NODES = 1000
/** Nine bytes for each key on each node. */
const MAX_PLACES = 100_000_000

/** What the options below read from the command line; a command that doesn't have one gets its default. */
export interface ReplicationFlags extends RingFlags {
  keys: number
  replicas?: number
  mode?: WriteMode
  writeQuorum?: number
  readQuorum?: number
  lag?: number
  hop?: number
  jitter?: number
  service?: number
  timeout?: number
  remember?: number
  capacity?: number
  policy?: PolicyName
  detect?: number
  hints?: boolean
}

function countOption(flag: string, what: string, max: number): Option {
  return new Option(`${flag} <count>`, what).argParser(wholeNumber(flag, 1, max))
}

/** Nodes and their ring. */
export function ringNodesOptions(command: Command, nodes?: string): Command {
  return ringOptions(command, nodes, 'draw another ring and other random times')
}

/** Nodes, their ring, and the keys. */
export function clusterOptions(command: Command, nodes?: string, keys: number = defaults.keys): Command {
  return ringNodesOptions(command, nodes).addOption(
    countOption('--keys', 'the keys key-0, key-1, …', MAX_KEYS).default(keys),
  )
}

export function replicasOption(command: Command, replicas: number = defaults.replicas): Command {
  return command.addOption(
    countOption('--replicas', 'copies of each key in all', MAX_NODES).default(replicas),
  )
}

/** When a write is done. */
export function modeOptions(command: Command): Command {
  return quorumOptions(
    command.addOption(
      new Option('--mode <name>', 'a write is done when all owners have it, one, or a quorum')
        .choices(writeModes)
        .default(defaults.mode)
        .argParser(choice('--mode', writeModes)),
    ),
  )
}

export function quorumOptions(command: Command): Command {
  return command
    .addOption(
      countOption('--write-quorum', 'owners that must have a write (default: a majority)', MAX_NODES),
    )
    .addOption(
      countOption(
        '--read-quorum',
        'owners that a read asks (default: replicas − write quorum + 1)',
        MAX_NODES,
      ),
    )
    .addOption(timeOption('--lag', 'async: until the primary passes a write on', defaults.lag))
}

/** How long messages and work take, and how long the client waits. */
export function networkOptions(command: Command, remember = 0): Command {
  return command
    .addOption(timeOption('--hop', 'to a node and back', defaults.hop))
    .addOption(timeOption('--jitter', 'each way takes up to so much longer, at random', defaults.jitter))
    .addOption(timeOption('--service', 'a node works so long on a request', defaults.service))
    .addOption(timeOption('--timeout', 'until a node that does not answer is given up', defaults.timeout, 1))
    .addOption(timeOption('--remember', 'a node that failed is asked last for so long', remember))
}

/** What bounds a node's memory. */
export function memoryOptions(command: Command): Command {
  return command
    .addOption(countOption('--capacity', 'keys that each node holds (default: all)', MAX_KEYS))
    .addOption(
      new Option('--policy <name>', 'what a full node drops')
        .choices(policyNames)
        .default(defaults.policy)
        .argParser(choice('--policy', policyNames)),
    )
}

/** How failures are noticed and made good. */
export function recoveryOptions(command: Command): Command {
  return command
    .addOption(timeOption('--detect', 'a silent node is declared dead after so long', defaults.patience, 1))
    .addOption(
      new Option('--hints', 'keep writes that a node missed, and send them when it is back').default(false),
    )
}

export function loadOption(command: Command): Command {
  return command.addOption(
    new Option('--workload <name>', 'which keys are asked for')
      .choices(loadWorkloads)
      .default(historyDefaults.workload)
      .argParser(choice('--workload', loadWorkloads)),
  )
}

/** The setup that the options describe. Throws InputError where they don't fit together. */
export function replicationSetup(flags: ReplicationFlags): ReplicationSetup {
  const { nodes, replicas = 1, mode = defaults.mode, policy = defaults.policy } = flags
  checkPoints(flags)
  if (nodes.length > MAX_NODES)
    throw new InputError(`--nodes must be at most ${MAX_NODES} here, got ${nodes.length}`)
  if (nodes.length * flags.keys > MAX_PLACES) {
    throw new InputError(
      `--nodes × --keys must be at most ${MAX_PLACES}, got ${nodes.length} × ${flags.keys}`,
    )
  }
  checkReplicas('--replicas', replicas, nodes)
  if (policy === 'opt') throw new InputError('--policy opt needs the future, which a cluster does not know')
  return {
    ...{ nodes, replicas, mode, policy, vnodes: flags.vnodes, hash: flags.hash, keys: flags.keys },
    ...quorums(flags, replicas, mode),
    seed: flags.seed,
    hop: flags.hop ?? defaults.hop,
    jitter: flags.jitter ?? defaults.jitter,
    service: flags.service ?? defaults.service,
    lag: flags.lag ?? defaults.lag,
    timeout: flags.timeout ?? defaults.timeout,
    remember: flags.remember ?? 0,
    hints: flags.hints ?? false,
    patience: flags.detect ?? defaults.patience,
    capacity: flags.capacity,
  }
}

/** Throws InputError where there are more copies than nodes. */
export function checkReplicas(flag: string, replicas: number, nodes: readonly string[]): void {
  if (replicas <= nodes.length) return
  throw new InputError(`${flag} must be from 1 to ${nodes.length}, the number of nodes, got ${replicas}`)
}

/** A majority writes, and enough are read to meet one of them, unless it was said otherwise. */
function quorums(flags: ReplicationFlags, replicas: number, mode: WriteMode) {
  const given = { 'write-quorum': flags.writeQuorum, 'read-quorum': flags.readQuorum }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (mode !== 'quorum') throw new InputError(`--${name} needs --mode quorum`)
    if (value > replicas) {
      throw new InputError(`--${name} must be from 1 to ${replicas}, the number of replicas, got ${value}`)
    }
  }
  const writeQuorum = flags.writeQuorum ?? Math.floor(replicas / 2) + 1
  return { writeQuorum, readQuorum: flags.readQuorum ?? replicas - writeQuorum + 1 }
}

/** What `replicate` reads from the command line. */
export interface PhasesFlags extends ReplicationFlags, ConnectFlags {
  kill: string[]
}

/** The experiment that flags describe. Throws InputError where it can't be. */
export function phasesOptions(flags: PhasesFlags): PhasesOptions {
  const setup = replicationSetup(flags)
  for (const [i, name] of flags.kill.entries()) {
    nodeNumber('--kill', name, flags.nodes)
    if (flags.kill.indexOf(name) < i) throw new InputError(`--kill names ${JSON.stringify(name)} twice`)
  }
  return { ...setup, kills: flags.kill }
}
