import { type Command, Option } from 'commander'
import {
  type ClusterSetup,
  checkMasters,
  clusterDefaults,
  nodeCount,
} from '../../experiment/cluster/setup.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from './arguments.js'
import { type NodeFlags, nodeOptions, timeOption } from './load.js'

/** Options that the commands of the cluster lab share. */

const MAX_NODES = 100

/** What `clusterShape` reads. */
export interface ShapeFlags {
  masters: number
  replicas: number
}

/** How many masters, and replicas of each. */
export function clusterShape(command: Command): Command {
  return command
    .addOption(
      new Option('--masters <count>', 'nodes with slots; at least 3')
        .default(clusterDefaults.masters)
        .argParser(wholeNumber('--masters', 1, MAX_NODES)),
    )
    .addOption(
      new Option('--replicas <count>', 'of each master')
        .default(clusterDefaults.replicas)
        .argParser(wholeNumber('--replicas', 0, 10)),
    )
}

/** Throws InputError where so few masters could not go on without one, or where there are too many nodes. */
export function checkShape(flags: ShapeFlags): void {
  checkMasters(flags.masters)
  const nodes = nodeCount({ ...flags, empty: 1 })
  if (nodes > MAX_NODES)
    throw new InputError(
      `--masters × (--replicas + 1) must be less than ${MAX_NODES} nodes, got ${nodes - 1}`,
    )
}

/** What `clusterLoadOptions` reads. */
export interface ClusterFlags extends ShapeFlags, NodeFlags {
  clients: number
  nodeTimeout: number
  fullCoverage: boolean
}

/** A cluster under load: its shape, its timeouts, and what clients send. */
export function clusterLoadOptions(command: Command, initial: Partial<NodeFlags> = {}): Command {
  const d = { ...clusterDefaults, ...initial }
  return nodeOptions(
    clusterShape(command)
      .addOption(
        new Option('--clients <count>', 'each with its own idea of the slots')
          .default(d.clients)
          .argParser(wholeNumber('--clients', 1, 50)),
      )
      .addOption(timeOption('--node-timeout', 'silence that counts as down', d.nodeTimeout, 100))
      .addOption(
        new Option('--no-full-coverage', 'go on serving while some slots have no master').default(true),
      ),
    d,
  )
}

/** The setup that flags say. Throws InputError where it can't be. */
export function clusterSetup(flags: ClusterFlags, changes: Partial<ClusterSetup> = {}): ClusterSetup {
  checkShape(flags)
  return { ...clusterDefaults, ...flags, ...changes }
}
