import {
  type ClusterSetup,
  checkMasters,
  clusterDefaults,
  nodeCount,
} from '../../experiment/cluster/setup.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from './arguments.js'
import { Declared, type FlagsOf, option } from './declare.js'
import { type NodeDefaults, nodeOptions, timeOption } from './load.js'

/** Options that the commands of the cluster lab share. */

const MAX_NODES = 100

/** How many masters, and replicas of each. */
export const clusterShape = {
  masters: option('<count>', 'masters; at least 3', wholeNumber(1, MAX_NODES), clusterDefaults.masters),
  replicas: option('<count>', 'replicas of each master', wholeNumber(0, 10), clusterDefaults.replicas),
}

/** Throws InputError where there are too few masters or too many nodes. */
export function checkShape(flags: FlagsOf<typeof clusterShape>): void {
  checkMasters(flags.masters)
  const nodes = nodeCount({ ...flags, empty: 1 })
  if (nodes > MAX_NODES)
    throw new InputError(
      `--masters × (--replicas + 1) must be less than ${MAX_NODES} nodes, got ${nodes - 1}`,
    )
}

/** A cluster under load: its shape, its timeouts, and what clients send. */
export function clusterLoadOptions(initial: Partial<NodeDefaults> = {}) {
  const defaults = { ...clusterDefaults, ...initial }
  return {
    ...clusterShape,
    clients: option(
      '<count>',
      'clients, each with its own map of the slots',
      wholeNumber(1, 50),
      defaults.clients,
    ),
    nodeTimeout: timeOption(
      'time without an answer after which a node counts as down',
      defaults.nodeTimeout,
      100,
    ),
    fullCoverage: new Declared('--no-', 'keep serving while some slots have no master', undefined, true),
    ...nodeOptions(defaults),
  }
}

export type ClusterFlags = FlagsOf<ReturnType<typeof clusterLoadOptions>>

/** The setup that the flags describe. Throws InputError if they don't fit together. */
export function clusterSetup(flags: ClusterFlags, changes: Partial<ClusterSetup> = {}): ClusterSetup {
  checkShape(flags)
  return { ...clusterDefaults, ...flags, ...changes }
}
