import { InputError } from '../input-error.js'
import type { Address } from './address.js'
import { destroy, openRedis, type RedisConnection } from './redis-connection.js'
import { failures, LIFETIME, type RemoteServer } from './server.js'

/** Connects with one Redis server that may be written to. Throws InputError where it is none. */
export async function connectRedis(address: Address, env: NodeJS.ProcessEnv): Promise<RemoteServer> {
  const { connection } = await openRedis(address, env)
  const info = await describe(connection)
  const refuse = (why: string): never => {
    destroy(connection)
    throw new InputError(`${address.text} ${why}`)
  }
  if (info.redis_mode === 'cluster')
    refuse('is a node of a cluster, which has its own placement: cachelab cluster run FILE --connect')
  if (info.redis_mode === 'sentinel') refuse('is a sentinel, which holds no keys: connect with its master')
  if (info.role === 'slave')
    refuse(`is a replica of ${info.master_host}:${info.master_port} and takes no writes`)
  const limit = Number(info.maxmemory ?? 0)
  const set = (key: string, text: string) =>
    connection.sendCommand(['SET', key, text, 'EX', String(LIFETIME)])
  return {
    address,
    limit: limit > 0 ? limit : undefined,
    get: async (key) => ((await connection.sendCommand(['GET', key])) as string | null) ?? undefined,
    set: async (key, text) => {
      await set(key, text)
    },
    setAll: (keys, text) => failures(keys.map((key) => set(key, text))),
    count: async (keys) => Number(await connection.sendCommand(['EXISTS', ...keys])),
    delete: async (keys) => {
      await connection.sendCommand(['UNLINK', ...keys])
    },
    close: () => destroy(connection),
  }
}

/** What INFO says, by name; nothing where a server doesn't answer it. */
async function describe(connection: RedisConnection): Promise<Record<string, string>> {
  const text = await connection.sendCommand(['INFO']).catch(() => '')
  return Object.fromEntries(
    String(text)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
}
