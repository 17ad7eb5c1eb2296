import type { Command } from 'commander'
import { endLab } from '../../remote/local-servers.js'
import { write } from '../output/terminal.js'
import { runningLab, saveLab } from '../servers.js'

export const examples = [
  ['cachelab lab up && cachelab lab down', 'up and down again'],
  ['cachelab lab up --redis 1 && cachelab lab down', 'with one server'],
  ['cachelab lab up --memcached 1 && cachelab lab down', 'with memcached'],
] as const

export function configure(command: Command): Command {
  return command
    .description('Stops the servers that `cachelab lab up` has started, and nothing else.')
    .action(run)
}

async function run(): Promise<void> {
  const count = await endLab(runningLab())
  saveLab(undefined)
  write(`${count} ${count === 1 ? 'server' : 'servers'} stopped.\n`)
}
