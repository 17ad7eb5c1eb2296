import { replicationTrace } from '../../experiment/replication/trace.js'
import { InputError } from '../../input-error.js'
import { command, Declared, option, word } from '../options/declare.js'
import { nodeNumber } from '../options/load.js'
import {
  modeOptions,
  networkOptions,
  replicasOption,
  replicationSetup,
  ringNodesOptions,
} from '../options/replication.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Follows one key: its owners, who answers, and every message, before and after a node fails.',
  operand: word('<key>', 'any text'),
  options: {
    ...ringNodesOptions(),
    replicas: replicasOption(),
    ...modeOptions,
    ...networkOptions(),
    kill: option('<node>', 'the node that dies (default: the primary)').first().excludes('hang'),
    hang: new Declared<string | true | undefined>('[node]', 'let a node hang instead (default: the primary)'),
  },
  examples: [
    ['cachelab replicate trace user:1001', 'a write and a read, before and after the primary dies'],
    ['cachelab replicate trace user:1001 --hang', 'the primary hangs: a read takes a timeout'],
    ['cachelab replicate trace user:1001 --mode quorum --replicas 3', 'two of three owners are enough'],
  ],
  async run(flags, key, { isGiven }) {
    if (key === '') throw new InputError('a key must not be empty, got ""')
    const setup = replicationSetup({ ...flags, keys: 1 }, isGiven)
    const victim = flags.hang === true ? undefined : (flags.hang ?? flags.kill)
    if (victim !== undefined) nodeNumber(flags.hang ? '--hang' : '--kill', victim, flags.nodes)
    await show(flags.format, 'tracing', () =>
      replicationTrace({ ...setup, key, victim, fault: flags.hang ? 'hang' : 'kill' }),
    )
  },
})
