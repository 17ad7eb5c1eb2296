import { Argument, type Command } from 'commander'
import { workloadOf } from '../../experiment/eviction/requests.js'
import { breathe } from '../../parallel/breathe.js'
import { type WorkloadName, workloadNames } from '../../workload/index.js'
import { choice } from '../options/arguments.js'
import { exponentOf, type RequestsFlags, requestsOptions } from '../options/eviction.js'
import { write } from '../output/terminal.js'

const CHUNK = 1 << 14

export const examples = [
  ['cachelab workload zipf --requests 1000', 'a trace of a thousand requests, one key a line'],
  ['cachelab workload mixed --keys 500 --seed 3', 'Zipf with scans in between'],
  ['cachelab workload zipf --exponent 1 --requests 100000', 'for another simulator'],
] as const

export function configure(command: Command): Command {
  return requestsOptions(
    command.addArgument(
      new Argument('<name>', 'which workload')
        .choices(workloadNames)
        .argParser(choice('the workload', workloadNames)),
    ),
  )
    .description(
      'Writes the requests of a workload to standard output, one key a line, for this or another simulator.',
    )
    .action(run)
}

async function run(name: WorkloadName, flags: RequestsFlags): Promise<void> {
  const workload = workloadOf(name, { ...flags, exponent: exponentOf(flags) }, flags.seed)
  const total = flags.warmup + flags.requests
  const chunk = new Uint32Array(CHUNK)
  for (let done = 0; done < total; done += CHUNK) {
    const part = chunk.subarray(0, Math.min(CHUNK, total - done))
    workload.next(part)
    write(`${part.join('\n')}\n`)
    await breathe()
  }
}
