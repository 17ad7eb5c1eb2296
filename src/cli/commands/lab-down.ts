import { endLab } from '../../remote/lab.js'
import { countOf } from '../../report/format.js'
import { command } from '../options/declare.js'
import { note, writeProse } from '../output/terminal.js'
import { alone, runningLab, saveLab } from '../servers.js'

export const { configure, examples } = command({
  description: 'Stops the servers that `cachelab lab up` has started, and nothing else.',
  examples: [
    ['cachelab lab up && cachelab lab down', 'up and down again'],
    ['cachelab lab up --redis 1 && cachelab lab down', 'with one server'],
    ['cachelab lab up --memcached 1 && cachelab lab down', 'with memcached'],
  ],
  run: () =>
    alone(async () => {
      const lab = runningLab()
      const { count, isRemoved } = await endLab(lab)
      saveLab(undefined)
      writeProse(`${countOf(count, 'server')} stopped.\n`)
      if (!isRemoved) note(`${lab.folder.path} is not the folder that was made for the lab, so it stays`)
    }),
})
