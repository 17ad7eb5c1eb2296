import { atEnd, notAtEnd } from '../../at-end.js'
import { EnvironmentError, InputError } from '../../input-error.js'
import { isRunning } from '../../process-identity.js'
import { endLab, type LocalLab } from '../../remote/lab.js'
import { LabBuilder } from '../../remote/local-servers.js'
import { wrap } from '../../report/wrap.js'
import { wholeNumber } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { outputWidth, withCommand, write } from '../output/terminal.js'
import { alone, labFile, savedLab, saveLab } from '../servers.js'

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
  run: (flags) => alone(() => up(flags)),
})

interface Flags {
  readonly redis?: number | undefined
  readonly cluster?: number | undefined
  readonly sentinel?: boolean | undefined
  readonly memcached?: number | undefined
}

async function up(flags: Flags): Promise<void> {
  const before = savedLab()
  if (before?.servers.some(isRunning))
    throw new InputError('a lab is up already; stop it first with: cachelab lab down')
  if (before) await endLab(before)
  const nothing = flags.cluster === undefined && !flags.sentinel && flags.memcached === undefined
  const redis = flags.redis ?? (nothing ? 3 : 0)
  // With each server, so that `cachelab lab down` finds those of a start that was ended in between.
  const builder = new LabBuilder(saveLab)
  const end = async () => {
    await builder.end()
    saveLab(undefined)
  }
  atEnd(end)
  try {
    if (redis > 0) await builder.redis(redis)
    if (flags.cluster !== undefined) await builder.cluster(flags.cluster)
    if (flags.sentinel) await builder.sentinel()
    if (flags.memcached !== undefined) await builder.memcached(flags.memcached)
    if (savedLab()?.servers.length !== builder.lab.servers.length)
      throw new EnvironmentError(
        `can't write ${labFile()}, which lists the servers, so they were stopped again`,
      )
  } catch (error) {
    // After a signal the servers end, which is no error.
    await (notAtEnd(end) ? end() : new Promise(() => {}))
    throw error
  }
  notAtEnd(end)
  write(described(builder.lab))
}

function described({ folder, servers }: LocalLab): string {
  const addresses = servers.map(
    ({ role, port }) =>
      `${role.padEnd(10)}${role === 'memcached' ? 'memcached' : 'redis'}://127.0.0.1:${port}`,
  )
  return [
    ...addresses,
    '',
    ...wrap(`They write to ${folder.path}.`, outputWidth()),
    ...suggestions(servers).map((line) => withCommand('Try:', `cachelab ${line}`)),
    withCommand('Stop them:', 'cachelab lab down'),
    '',
  ].join('\n')
}

function suggestions(servers: LocalLab['servers']): string[] {
  const urls = servers.flatMap(({ role, port }) =>
    role === 'redis' || role === 'memcached' ? [`${role}://127.0.0.1:${port}`] : [],
  )
  const node = servers.find(({ role }) => role === 'cluster')
  return [
    ...(urls.length > 0 ? [`ring --connect ${urls.join(',')}`] : []),
    ...(node ? [`cluster run FILE --connect redis://127.0.0.1:${node.port}`] : []),
    ...(node || servers.some(({ role }) => role === 'sentinel') ? ['lab failover'] : []),
  ]
}
