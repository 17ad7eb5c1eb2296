import { InputError } from '../../input-error.js'
import { endLab, LabBuilder, type LocalLab } from '../../remote/local-servers.js'
import { isOurs } from '../../remote/processes.js'
import { wholeNumber } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { INTERRUPTED, write } from '../output/terminal.js'
import { labFile, savedLab, saveLab } from '../servers.js'

const MAX_SERVERS = 30

const counted = (what: string, min: number) => option('<count>', what, wholeNumber(min, MAX_SERVERS))

export const { configure, examples } = command({
  description:
    'Starts servers that are installed on this machine, on free ports of 127.0.0.1 and in a temporary folder, and prints their addresses. They run until: cachelab lab down',
  options: {
    redis: counted('standalone Redis servers (default: 3 if no option is given)', 1),
    cluster: counted('nodes of a Redis Cluster; from 6 on with replicas', 3),
    sentinel: flag('a master, two replicas and three sentinels'),
    memcached: counted('memcached servers', 1),
  },
  examples: [
    ['cachelab lab up --redis 3 && cachelab lab down', 'three Redis servers, on free ports'],
    ['cachelab lab up --cluster 6 && cachelab lab down', 'a cluster: three masters, a replica each'],
    ['cachelab lab up --redis 1 --memcached 2 && cachelab lab down', 'several kinds'],
  ],
  async run(flags) {
    const before = savedLab()
    if (before?.servers.some(isOurs))
      throw new InputError('a lab is up already; stop it first with: cachelab lab down')
    if (before) await endLab(before)
    const nothing = flags.cluster === undefined && !flags.sentinel && flags.memcached === undefined
    const redis = flags.redis ?? (nothing ? 3 : 0)
    const builder = new LabBuilder()
    const interrupted = (): void => {
      endLab(builder.lab).finally(() => process.exit(INTERRUPTED))
    }
    process.removeAllListeners('SIGINT').once('SIGINT', interrupted)
    try {
      if (redis > 0) await builder.redis(redis)
      if (flags.cluster !== undefined) await builder.cluster(flags.cluster)
      if (flags.sentinel) await builder.sentinel()
      if (flags.memcached !== undefined) await builder.memcached(flags.memcached)
    } catch (error) {
      await endLab(builder.lab)
      throw error
    }
    saveLab(builder.lab)
    if (savedLab()?.folder !== builder.folder) {
      // Without the file, `cachelab lab down` could not find them.
      await endLab(builder.lab)
      throw new InputError(`cannot write ${labFile()}, which lists the servers, so they were stopped again`)
    }
    write(described(builder.lab))
  },
})

function described({ folder, servers }: LocalLab): string {
  const addresses = servers.map(
    ({ role, port }) =>
      `${role.padEnd(10)}${role === 'memcached' ? 'memcached' : 'redis'}://127.0.0.1:${port}`,
  )
  return [
    ...addresses,
    '',
    `They write to ${folder}.`,
    ...suggestions(servers),
    'Stop them: cachelab lab down',
    '',
  ].join('\n')
}

function suggestions(servers: LocalLab['servers']): string[] {
  const urls = servers.flatMap(({ role, port }) =>
    role === 'redis' || role === 'memcached' ? [`${role}://127.0.0.1:${port}`] : [],
  )
  const node = servers.find(({ role }) => role === 'cluster')
  return [
    ...(urls.length > 0 ? [`Try: cachelab ring --connect ${urls.join(',')}`] : []),
    ...(node ? [`Try: cachelab cluster run FILE --connect redis://127.0.0.1:${node.port}`] : []),
    ...(node || servers.some(({ role }) => role === 'sentinel') ? ['Try: cachelab lab failover'] : []),
  ]
}
