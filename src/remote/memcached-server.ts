import { InputError } from '../input-error.js'
import type { Address } from './address.js'
import { failures, inTime, LIFETIME, loadPackage, PATIENCE, type RemoteServer } from './server.js'

interface MemcachedClient {
  on(event: string, listener: (...about: unknown[]) => void): unknown
  connect(): Promise<void>
  version(): Promise<ReadonlyMap<string, string>>
  stats(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>
  get(key: string): Promise<string | undefined>
  set(key: string, text: string, lifetime: number): Promise<boolean>
  delete(key: string): Promise<boolean>
  disconnect(): Promise<void>
}

interface MemcachedModule {
  readonly Memcache: new (options: object) => MemcachedClient
}

/** Connects with one memcached server. Throws InputError where it is none. */
export async function connectMemcached(address: Address): Promise<RemoteServer> {
  const { Memcache } = await loadPackage<MemcachedModule>('memcache', '--connect with memcached://')
  const server = `${address.host}:${address.port}`
  const client = new Memcache({ nodes: [server], timeout: PATIENCE, retries: 0 })
  client.on('error', () => {})
  const close = (): void => {
    client.disconnect().catch(() => {})
  }
  let limit: number
  try {
    await inTime(client.connect(), 'no answer')
    const version = [...(await inTime(client.version(), 'no answer to version')).values()][0]
    if (!/^(VERSION )?\d/.test(version ?? ''))
      throw new Error(`it answers version with ${JSON.stringify(version ?? '')}`)
    const [stats] = [...(await inTime(client.stats(), 'no answer to stats')).values()]
    limit = Number(stats?.limit_maxbytes)
  } catch (error) {
    close()
    const { code, message } = error as NodeJS.ErrnoException
    throw new InputError(
      `no memcached answers at ${address.text} (${code ?? message}); is it the right port and protocol?`,
    )
  }
  const set = async (key: string, text: string): Promise<void> => {
    if (!(await client.set(key, text, LIFETIME))) throw new Error('not stored')
  }
  return {
    address,
    limit: limit > 0 ? limit : undefined,
    get: (key) => client.get(key),
    set,
    setAll: (keys, text) => failures(keys.map((key) => set(key, text))),
    // One by one: its command for several keys searches a list for each of them.
    count: async (keys) => {
      const texts = await Promise.all(keys.map((key) => client.get(key)))
      return texts.filter((text) => text !== undefined).length
    },
    delete: async (keys) => {
      await Promise.all(keys.map((key) => client.delete(key)))
    },
    close,
  }
}
