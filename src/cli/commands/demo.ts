import { lessonDemoNames, lessonDemos } from '../../experiment/ring/lesson-demos.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description:
    'Runs the lesson’s four demos of consistent hashing in its order, with its keys, nodes and numbers.',
  operand: option('[name]', 'one of them', choice(lessonDemoNames)),
  called: 'the demo',
  options: { format: formatOption },
  examples: [
    ['cachelab demo', 'all four'],
    ['cachelab demo modulo', 'a fourth node: 74.9% of the keys move by modulo, 23.5% by the ring'],
    ['cachelab demo vnodes --format csv', 'balance by the number of virtual nodes, as a table'],
  ],
  run: ({ format }, name) =>
    show(format, 'placing keys', () => lessonDemos(name === undefined ? lessonDemoNames : [name])),
})
