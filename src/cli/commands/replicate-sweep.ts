import { replicationLoss } from '../../experiment/replication/loss.js'
import { wholeNumber, wholeNumbers } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { checkReplicas, clusterOptions, replicationSetup } from '../options/replication.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description:
    'Counts the keys that are lost when nodes die, for several numbers of copies, beside the formula.',
  options: {
    ...clusterOptions('6'),
    replicas: option(
      '<counts>',
      'copies of each key, several between commas (default: 1 to 5)',
      wholeNumbers(1, 1000),
    ).first(),
    samples: option('<count>', 'sets of dead nodes to try at most', wholeNumber(1, 1_000_000), 1000),
    ...divisionOptions,
  },
  examples: [
    ['cachelab replicate sweep', 'one to five copies on six nodes, against every number of dead nodes'],
    [
      'cachelab replicate sweep --vnodes 1 --replicas 2',
      'one virtual node: the loss depends on which two nodes die',
    ],
    [
      'cachelab replicate sweep --nodes 30 --replicas 3 --keys 2000 --samples 100',
      'more nodes, random sets of dead nodes',
    ],
  ],
  async run({ replicas, ...flags }, _, { isGiven }) {
    const factors = replicas ?? [1, 2, 3, 4, 5].filter((factor) => factor <= flags.nodes.length)
    checkReplicas('--replicas', factors[factors.length - 1], flags.nodes)
    const setup = replicationSetup(flags, isGiven)
    await show(flags.format, 'killing nodes', (progress) =>
      replicationLoss({ ...setup, factors, samples: flags.samples }, progress),
    )
  },
})
