import { InputError } from '../../input-error.js'
import { nodeNames, SLOTS } from '../../placement/index.js'
import { slotRanges } from '../../redis-deployment/cluster/layout.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { masterNumber, reshardOptions, runReshard } from '../options/reshard.js'

export const { configure, examples, accepts } = command({
  description: 'Moves slots from one master to another under load.',
  options: {
    ...reshardOptions,
    slots: option('<count>', 'how many slots to move, the lowest first', wholeNumber(1, SLOTS), 1000).first(),
    from: option('<node>', 'the master that gives slots away', undefined, 'node-A').first(),
    to: option('<node>', 'the master that gets them', undefined, 'node-B').first(),
  },
  examples: [
    ['cachelab cluster reshard --slots 100', '100 slots from node-A to node-B'],
    ['cachelab cluster reshard --slots 300 --from node-C --to node-A --keys 50000', 'many keys a slot: ASK'],
    ['cachelab cluster reshard --slots 1000 --pipeline 10', 'ten keys at a time'],
  ],
  async run(flags, _, { isGiven }) {
    const masters = nodeNames(flags.masters)
    const from = masterNumber('--from', flags.from, masters)
    const to = masterNumber('--to', flags.to, masters)
    if (from === to) throw new InputError(`--to must differ from --from, got ${flags.to} for both`)
    const [first, last] = slotRanges(flags.masters)[from]
    if (flags.slots > last - first + 1)
      throw new InputError(
        `--slots must be at most ${last - first + 1}, the number that ${flags.from} has, got ${flags.slots}`,
      )
    await runReshard(flags, { kind: 'reshard', from, to, slots: flags.slots }, isGiven)
  },
})
