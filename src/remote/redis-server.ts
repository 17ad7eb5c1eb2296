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
    refuse('is a node of a cluster, which has its own placement: name it alone, as it knows the others')
  if (info.redis_mode === 'sentinel') refuse('is a sentinel, which holds no keys: connect with its master')
  if (info.role === 'slave')
    refuse(`is a replica of ${info.master_host}:${info.master_port} and takes no writes`)
  const send: Send = (words) => connection.sendCommand(words)
  return {
    address,
    limit: limitOf(info),
    ...texts(send),
    count: async (keys) => Number(await send(['EXISTS', ...keys])),
    delete: async (keys) => {
      await send(['UNLINK', ...keys])
    },
    close: () => destroy(connection),
  }
}

/** Sends a command; rejects with the error that answers it. */
export type Send = (words: readonly string[]) => Promise<unknown>

/** Texts under keys of a server, by a command a key. */
export function texts(send: Send): Pick<RemoteServer, 'get' | 'set' | 'setAll'> {
  const set = (key: string, text: string) => send(['SET', key, text, 'EX', String(LIFETIME)])
  return {
    get: async (key) => ((await send(['GET', key])) as string | null) ?? undefined,
    set: async (key, text) => {
      await set(key, text)
    },
    setAll: (keys, text) => failures(keys.map((key) => set(key, text))),
  }
}

/** The memory limit in bytes, by INFO; undefined where there is none. */
export const limitOf = ({ maxmemory }: Readonly<Record<string, string>>): number | undefined =>
  Number(maxmemory ?? 0) || undefined

/** What INFO says, by name; nothing where a server doesn't answer it. */
export async function describe(connection: RedisConnection): Promise<Record<string, string>> {
  const text = await connection.sendCommand(['INFO']).catch(() => '')
  return Object.fromEntries(
    String(text)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
}
