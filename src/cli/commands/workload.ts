import { workloadOf } from '../../experiment/eviction/requests.js'
import { breathe } from '../../parallel/breathe.js'
import { workloadNames } from '../../workload/index.js'
import { choice } from '../options/arguments.js'
import { command, word } from '../options/declare.js'
import { exponentOf, requestsOptions } from '../options/eviction.js'
import { writeData } from '../output/terminal.js'

const CHUNK = 1 << 14

export const { configure, examples } = command({
  description:
    'Writes the requests of a workload to standard output, one key a line, for this or another simulator.',
  operand: word('<name>', 'which workload', choice(workloadNames, 'workload')),
  called: 'the workload',
  options: requestsOptions(),
  examples: [
    ['cachelab workload zipf --requests 1000', 'a trace of a thousand requests, one key a line'],
    ['cachelab workload mixed --keys 500 --seed 3', 'Zipf with scans'],
    ['cachelab workload zipf --exponent 1 --requests 100000', 'for another simulator'],
  ],
  async run(flags, name) {
    const workload = workloadOf(name, { ...flags, exponent: exponentOf(flags) }, flags.seed)
    const total = flags.warmup + flags.requests
    const chunk = new Uint32Array(CHUNK)
    for (let done = 0; done < total; done += CHUNK) {
      const part = chunk.subarray(0, Math.min(CHUNK, total - done))
      workload.next(part)
      writeData(`${part.join('\n')}\n`)
      await breathe()
    }
  },
})
