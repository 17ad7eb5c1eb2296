import { type WriteMode, writeModes } from '../../cache-cluster/client.js'
import { policyNames } from '../../eviction/index.js'
import { historyDefaults } from '../../experiment/replication/history.js'
import { defaults, type ReplicationSetup } from '../../experiment/replication/setup.js'
import { InputError } from '../../input-error.js'
import { placementNames } from '../../placement/index.js'
import { loadWorkloads } from '../../workload/eighty-twenty.js'
import { noteWithReport } from '../output/terminal.js'
import { choice, wholeNumber } from './arguments.js'
import { type Context, Declared, type FlagsOf, option } from './declare.js'
import { policyOption } from './eviction.js'
import { timeOption } from './load.js'
import { checkPoints, ringOptions, unusedOptions } from './ring.js'

/** Options that the commands of the replication lab share. */

/** About 200 bytes for each key and its copies. */
const MAX_KEYS = 1_000_000
const MAX_NODES = 1000
/** Nine bytes for each key on each node. */
const MAX_PLACES = 20_000_000

/** Nodes and their ring. */
export const ringNodesOptions = (nodes?: string) => ({
  ...ringOptions(nodes, 'draw another ring and other random times'),
  placement: option(
    '<name>',
    'how keys find their nodes',
    choice(replicaPlacements, 'placement'),
    defaults.placement,
  ).last(),
})

/** Those that say where copies are, whatever nodes come and go. */
const replicaPlacements = placementNames.filter((name) => name !== 'modulo' && name !== 'bounded')

/** Nodes, their ring, and the keys. */
export const clusterOptions = (nodes?: string, keys: number = defaults.keys) => ({
  ...ringNodesOptions(nodes),
  keys: option('<count>', 'the keys key-0, key-1, …', wholeNumber(1, MAX_KEYS), keys),
})

export const replicasOption = (replicas: number = defaults.replicas) =>
  option('<count>', 'copies of each key in all', wholeNumber(1, MAX_NODES), replicas).first()

export const quorumOptions = {
  writeQuorum: option(
    '<count>',
    'owners that must acknowledge a write (default: a majority)',
    wholeNumber(1, MAX_NODES),
  ),
  readQuorum: option(
    '<count>',
    'owners that a read asks (default: replicas − write quorum + 1)',
    wholeNumber(1, MAX_NODES),
  ),
  lag: timeOption('async: delay before the primary sends a write to the copies', defaults.lag),
}

/** When a write is acknowledged. */
export const modeOptions = {
  mode: option(
    '<name>',
    'a write is acknowledged when all owners have it, one of them, or a quorum',
    choice(writeModes),
    defaults.mode,
  ).first(),
  ...quorumOptions,
}

/** Durations of messages and work, and the client's timeouts. */
export const networkOptions = (remember = 0) => ({
  hop: timeOption('round trip to a node', defaults.hop),
  jitter: timeOption('largest random delay that is added to each way', defaults.jitter),
  service: timeOption('time that a node takes for a request', defaults.service),
  timeout: timeOption('time after which a client gives up on a node', defaults.timeout, 1),
  remember: timeOption('how long a node that failed is asked last', remember),
})

export const memoryOptions = {
  capacity: option('<count>', 'keys that each node holds (default: all)', wholeNumber(1, MAX_KEYS)),
  policy: option('<name>', 'eviction policy of each node', choice(policyNames, 'policy'), defaults.policy),
  policyOption,
}

/** How failures are detected and repaired. */
export const recoveryOptions = {
  detect: timeOption('time without an answer after which a node is declared dead', defaults.patience, 1),
  hints: new Declared<boolean>(
    '',
    'keep writes that a node missed, and send them when it is back',
    undefined,
    false,
  ),
}

export const loadOption = option(
  '<name>',
  'how requests choose their keys',
  choice(loadWorkloads),
  historyDefaults.workload,
)

/** What describes a setup; a command that doesn't have one of the options gets its default. */
export type ReplicationFlags = FlagsOf<ReturnType<typeof clusterOptions>> &
  Partial<
    FlagsOf<typeof modeOptions & typeof memoryOptions & typeof recoveryOptions> &
      FlagsOf<ReturnType<typeof networkOptions>> & { replicas: number }
  >

/** The setup that the options describe. Throws InputError where they don't fit together. */
export function replicationSetup(flags: ReplicationFlags, isGiven: Context['isGiven']): ReplicationSetup {
  const { nodes, replicas = 1, mode = defaults.mode, policy = defaults.policy } = flags
  checkPoints(flags)
  // Times and requests are drawn with the seed, whatever places the keys.
  for (const text of unusedOptions(isGiven, flags.placement))
    if (!text.endsWith('--seed')) noteWithReport(text)
  if (nodes.length > MAX_NODES)
    throw new InputError(`--nodes must be at most ${MAX_NODES} here, got ${nodes.length}`)
  if (nodes.length * flags.keys > MAX_PLACES) {
    throw new InputError(
      `--nodes × --keys must be at most ${MAX_PLACES}, got ${nodes.length} × ${flags.keys}`,
    )
  }
  checkReplicas('--replicas', replicas, nodes)
  if (policy === 'opt' || policy === 'opt-size')
    throw new InputError(`--policy ${policy} works on a single cache only`)
  return {
    nodes,
    replicas,
    mode,
    policy,
    placement: flags.placement,
    vnodes: flags.vnodes,
    hash: flags.hash,
    keys: flags.keys,
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

/** The quorums as given, else W = a majority and R = replicas − W + 1. */
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
