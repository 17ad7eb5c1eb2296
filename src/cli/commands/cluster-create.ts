import { createCluster } from '../../experiment/cluster/create.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from '../options/arguments.js'
import { checkShape, clusterShape } from '../options/cluster.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lays out a new cluster as redis-cli --cluster create does: slot ranges and replicas.',
  options: {
    ...clusterShape,
    format: formatOption,
    hosts: option(
      '<count>',
      'machines to spread the nodes over (default: one for each node)',
      wholeNumber(1, 1000),
    ),
  },
  examples: [
    ['cachelab cluster create --masters 3 --replicas 1', 'six nodes on six machines'],
    ['cachelab cluster create --hosts 3', 'the same on three'],
    ['cachelab cluster create --masters 4 --replicas 2 --hosts 2', 'two machines are too few'],
  ],
  async run(flags) {
    checkShape(flags)
    const nodes = flags.masters * (flags.replicas + 1)
    const hosts = flags.hosts ?? nodes
    if (hosts > nodes)
      throw new InputError(`--hosts must be at most ${nodes}, the number of nodes, got ${hosts}`)
    await show(flags.format, 'laying out', () => createCluster({ ...flags, hosts }))
  },
})
