import { endLab } from '../../remote/local-servers.js'
import { command } from '../options/declare.js'
import { write } from '../output/terminal.js'
import { runningLab, saveLab } from '../servers.js'

export const { configure, examples } = command({
  description: 'Stops the servers that `cachelab lab up` has started, and nothing else.',
  examples: [
    ['cachelab lab up && cachelab lab down', 'up and down again'],
    ['cachelab lab up --redis 1 && cachelab lab down', 'with one server'],
    ['cachelab lab up --memcached 1 && cachelab lab down', 'with memcached'],
  ],
  async run() {
    const count = await endLab(runningLab())
    saveLab(undefined)
    write(`${count} ${count === 1 ? 'server' : 'servers'} stopped.\n`)
  },
})
