import { clusterFailover } from '../../experiment/cluster/failover.js'
import { type ClusterSetup, clusterNames, nodeCount } from '../../experiment/cluster/setup.js'
import { InputError } from '../../input-error.js'
import type { Fault } from '../../simulation/faults.js'
import { clusterLoadOptions, clusterSetup } from '../options/cluster.js'
import { command } from '../options/declare.js'
import { checkOnlyNodesFail, faultOptions, faultsOf } from '../options/fault.js'
import { checkCopies, checkRequests } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

/** The fault where none is given. */
const KILL: Fault = { kind: 'kill', at: 2000, node: 0 }

export const { configure, examples, accepts } = command({
  description:
    'Runs clients of a cluster while nodes fail, and shows what the other nodes do. Without faults of your own, node-A is killed at 2s. Actors are node-A, …, the masters first, and client-1, …',
  options: {
    ...clusterLoadOptions(),
    format: formatOption,
    ...faultOptions,
  },
  examples: [
    ['cachelab cluster failover', 'node-A dies after 2 s'],
    ['cachelab cluster failover --no-full-coverage --duration 8s', 'the other slots are still served'],
    [
      "cachelab cluster failover --clients 2 --partition 'node-A,client-1|rest@2s' --heal @12s",
      'a master in the minority stops serving',
    ],
  ],
  async run(flags) {
    const plain = clusterSetup(flags)
    const names = clusterNames(plain)
    const given = faultsOf(flags, names, flags.duration)
    const faults = given.length > 0 ? given : [KILL]
    const setup: ClusterSetup = { ...plain, faults }
    checkOnlyNodesFail(faults, names, nodeCount(setup))
    if (setup.duration <= faults[0].at)
      throw new InputError(
        `--duration must be longer than 2s, when node-A is killed; or give a --kill of your own`,
      )
    checkRequests(setup)
    checkCopies(setup, setup.replicas + 1)
    await show(flags.format, 'running', (progress) => clusterFailover(setup, progress))
  },
})
