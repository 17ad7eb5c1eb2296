import { replicationScale } from '../../experiment/replication/scale.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { rateOption } from '../options/load.js'
import {
  clusterOptions,
  loadOption,
  memoryOptions,
  networkOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lets a node join and a node leave under load, and counts the misses that this causes.',
  options: {
    ...clusterOptions(),
    replicas: replicasOption(1),
    ...networkOptions(),
    ...memoryOptions,
    rate: rateOption(20_000),
    workload: loadOption,
    requests: option(
      '<count>',
      'requests before each change, and as many after it',
      wholeNumber(1, 1_000_000),
      20_000,
    ).first(),
  },
  examples: [
    ['cachelab replicate scale', 'three nodes and a fourth, ring beside modulo'],
    ['cachelab replicate scale --nodes 10 --workload zipf', 'more nodes, and hot keys'],
    ['cachelab replicate scale --replicas 2', 'a second copy softens a departure'],
  ],
  async run(flags, _, { isGiven }) {
    if (flags.nodes.length < 2) {
      throw new InputError('--nodes must be at least 2 here: a node leaves, and another must stay')
    }
    const setup = replicationSetup(flags, isGiven)
    const { rate, requests, workload } = flags
    await show(flags.format, 'scaling', (progress) =>
      replicationScale({ ...setup, rate, requests, workload }, progress),
    )
  },
})
