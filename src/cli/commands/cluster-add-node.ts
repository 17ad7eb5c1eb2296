import { command } from '../options/declare.js'
import { reshardOptions, runReshard } from '../options/reshard.js'

export const { configure, examples, accepts } = command({
  description:
    'Adds an empty master and gives it an equal share of the slots under load. Shows what a ring and modulo would have moved.',
  options: {
    ...reshardOptions,
  },
  examples: [
    ['cachelab cluster add-node', 'a fourth master, a key at a time'],
    ['cachelab cluster add-node --pipeline 10', 'ten keys at a time'],
    ['cachelab cluster add-node --masters 5 --keys 1000 --rate 100', 'a sixth master'],
  ],
  run(flags, _, { isGiven }) {
    return runReshard(flags, { kind: 'add-node' }, isGiven)
  },
})
