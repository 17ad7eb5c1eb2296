import { chooseServer, needNames, needs } from '../../experiment/memcached/choose.js'
import { choices } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const list = needNames.map((name) => `${name} (${needs[name].what})`).join(', ')

export const { configure, examples, accepts } = command({
  description: `Chooses Redis or Memcached by the lesson’s criteria. Needs: ${list}.`,
  options: {
    format: formatOption,
    needs: option('<names>', 'what the service needs, between commas', choices(needNames), [], 'nothing'),
  },
  examples: [
    ['cachelab memcached choose --needs simple,throughput', 'a simple cache under heavy load'],
    ['cachelab memcached choose --needs sessions,throughput', 'sessions under heavy load'],
    ['cachelab memcached choose', 'without any needs'],
  ],
  async run(flags) {
    await show(flags.format, 'choosing', () => chooseServer(flags.needs))
  },
})
