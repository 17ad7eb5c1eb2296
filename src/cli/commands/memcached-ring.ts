import { memcachedRing } from '../../experiment/memcached/ring.js'
import { InputError } from '../../input-error.js'
import { shardingNames } from '../../memcached/client-sharding.js'
import { choice, pairs, suggestion, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import { formatOption, keysOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

const SERVERS = ['10.0.1.1', '10.0.1.2', '10.0.1.3', '10.0.1.4']
const MAX_SERVERS = 1000
const MAX_WEIGHT = 10_000

const weight = wholeNumber(1, MAX_WEIGHT)

export const { configure, examples, accepts } = command({
  description:
    'Spreads keys over servers as clients of memcached do, and shows the effect of a dead server with and without auto-eject.',
  options: {
    format: formatOption,
    ...keysOptions,
    nodes: option(
      '<hosts>',
      'servers between commas, each host or host:port',
      servers,
      SERVERS.join(),
    ).first(),
    weight: option(
      '<host=number>',
      'weight of a server (default: 1)',
      pairs(`host=number, such as 10.0.1.2=2, up to ${MAX_WEIGHT}`, weight),
    ),
    distribution: option('<name>', 'how the client picks a server', choice(shardingNames), 'ketama').first(),
    dead: option('<host>', 'the server that dies (default: the last)').first(),
  },
  examples: [
    ['cachelab memcached ring', 'four servers on the continuum, and one that dies'],
    [
      'cachelab memcached ring --nodes 10.0.1.1,10.0.1.2 --weight 10.0.1.2=3',
      'one server with three times the memory',
    ],
    ['cachelab memcached ring --distribution modulo --nodes a,b,c:11311', 'what clients did before ketama'],
  ],
  async run(flags) {
    const { nodes, distribution } = flags
    const weights = flags.weight ?? []
    const named = [
      ...weights.map(([host]) => ['--weight', host]),
      ...(flags.dead ? [['--dead', flags.dead]] : []),
    ]
    for (const [flag, host] of named)
      if (!nodes.includes(host))
        throw new InputError(
          `${flag}: there is no server ${JSON.stringify(host)}${suggestion(host, nodes)}; servers: ${nodes.join(', ')}`,
        )
    const keys = keysFrom(flags)
    await show(flags.format, 'placing keys', (progress) =>
      memcachedRing(
        {
          servers: nodes,
          weights: Object.fromEntries(weights),
          distribution,
          keys,
          dead: flags.dead ?? nodes[nodes.length - 1],
        },
        progress,
      ),
    )
    noteBlankLines(keys)
    if (weights.length > 0 && distribution !== 'ketama')
      note(`--distribution ${distribution} does not use --weight`)
  },
})

function servers(text: string): string[] {
  const hosts = text.split(',')
  const wrong = hosts.find((host) => !/^[^\s:,]+(:\d{1,5})?$/.test(host))
  if (wrong !== undefined)
    throw new InputError(
      `--nodes must be hosts between commas, such as 10.0.1.1,10.0.1.2:11311, got ${JSON.stringify(text)}`,
    )
  if (new Set(hosts).size < hosts.length) throw new InputError(`--nodes names a server twice: "${text}"`)
  if (hosts.length > MAX_SERVERS)
    throw new InputError(`--nodes must be at most ${MAX_SERVERS} servers, got ${hosts.length}`)
  return hosts
}
