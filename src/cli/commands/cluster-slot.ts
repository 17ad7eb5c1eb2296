import { keySlots } from '../../experiment/cluster/slot.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option, words } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Shows the slot of each key, how it is computed, and which node of a new cluster has it.',
  operand: words('<key...>', 'keys, as text'),
  options: {
    format: formatOption,
    masters: option('<count>', 'masters of the new cluster', wholeNumber(1, 1000), 3),
  },
  examples: [
    ['cachelab cluster slot user:123', 'the lesson’s key'],
    ["cachelab cluster slot '{user:123}:cart' '{user:123}:orders'", 'kept together by a tag'],
    ["cachelab cluster slot 'a{}b{c}' 'a{{b}}c' --masters 6", 'what is a tag and what isn’t'],
  ],
  async run({ masters, format }, keys) {
    await show(format, 'hashing', () => keySlots(keys, masters))
  },
})
