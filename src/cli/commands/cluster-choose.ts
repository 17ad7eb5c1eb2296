import { chooseTopology } from '../../experiment/cluster/choose.js'
import { bytes, decimal } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const MIN_BYTES = 1 << 20
const MAX_BYTES = 1e18

export const { configure, examples, accepts } = command({
  description:
    'Chooses Sentinel or Cluster for the needs of a service, and names the rule that decides: the lesson’s problem 2.',
  options: {
    format: formatOption,
    data: option('<size>', 'size of all data, such as 10GB or 1TB', bytes(MIN_BYTES, MAX_BYTES), '10GB'),
    memory: option('<size>', 'memory of one machine', bytes(MIN_BYTES, MAX_BYTES), '64GB'),
    transactions: flag('the service needs transactions over several keys'),
    rate: option('<number>', 'requests a second', decimal(1, 1e12), 10_000),
    perNode: option('<number>', 'requests a second that one server can handle', decimal(1, 1e12), 100_000),
  },
  examples: [
    ['cachelab cluster choose --data 10GB', 'problem 2a'],
    ['cachelab cluster choose --data 1TB --memory 64GB', 'problem 2b'],
    ['cachelab cluster choose --data 10GB --rate 1000000', 'problem 2d; with --transactions 2c'],
  ],
  async run(flags) {
    await show(flags.format, 'choosing', () =>
      chooseTopology({ ...flags, transactions: flags.transactions ?? false }),
    )
  },
})
