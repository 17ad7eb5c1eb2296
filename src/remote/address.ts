import { InputError } from '../input-error.js'

/** How a server is spoken to. */
export type Protocol = 'redis' | 'rediss' | 'memcached'

/** A real server, as it is named after --connect. It holds no password. */
export interface Address {
  /** Redis, Redis over TLS, or Memcached. */
  readonly protocol: Protocol
  /** Name or IP address. */
  readonly host: string
  readonly port: number
  /** As it is shown: `redis://127.0.0.1:6379`. */
  readonly text: string
}

const PORTS: Readonly<Record<Protocol, number>> = { redis: 6379, rediss: 6379, memcached: 11211 }

/**
 * Reads `redis://host:port`, `rediss://…` or `memcached://…`, several between commas. Throws InputError, which begins with
 * `flag`, for what is no address, one that is named twice, and a password.
 *
 * @example
 * import { type Address, parseAddresses } from 'cachelab/remote'
 * const addresses: Address[] = parseAddresses('--connect', 'redis://10.0.0.1,memcached://10.0.0.2:11222')
 * const servers = addresses.map(({ protocol, host, port }) => [protocol, host, port])
 * servers // [ [ 'redis', '10.0.0.1', 6379 ], [ 'memcached', '10.0.0.2', 11222 ] ]
 */
export function parseAddresses(flag: string, text: string): Address[] {
  const addresses = text.split(',').map((one) => parseAddress(flag, one.trim()))
  const twice = addresses.find((one, i) => addresses.findIndex(({ text }) => text === one.text) < i)
  if (twice) throw new InputError(`${flag} names ${twice.text} twice`)
  return addresses
}

/** Reads the address of one Redis server. Throws InputError. */
export function parseRedisAddress(flag: string, text: string): Address {
  return parseAddress(flag, text, 'redis://host:port or rediss://host:port', ['redis', 'rediss'])
}

const SEVERAL = 'redis://host:port, rediss://host:port or memcached://host:port, several between commas'

/** Reads one address; `accepted` is what the option takes, in words. */
function parseAddress(
  flag: string,
  text: string,
  accepted = SEVERAL,
  protocols: readonly string[] = Object.keys(PORTS),
): Address {
  let url: URL | undefined
  try {
    url = new URL(text)
  } catch {
    // Said below.
  }
  if (url && (url.password !== '' || url.username !== ''))
    throw new InputError(
      `${flag}: others can read a password on a command line; set CACHELAB_PASSWORD (and CACHELAB_USERNAME) instead`,
    )
  const protocol = url?.protocol.slice(0, -1) as Protocol
  if (
    !url ||
    !protocols.includes(protocol) ||
    url.hostname === '' ||
    !/^\/?$/.test(url.pathname + url.search + url.hash)
  )
    throw new InputError(`${flag} must be ${accepted}, got ${JSON.stringify(text)}`)
  const port = url.port === '' ? PORTS[protocol] : Number(url.port)
  return addressAt(protocol, url.hostname, port)
}

export function addressAt(protocol: Protocol, host: string, port: number): Address {
  return { protocol, host, port, text: `${protocol}://${host}:${port}` }
}

/** A node of a cluster by `host:port`, as a node that is reached by `from` names it; a host that it doesn't know is its own. */
export function nodeAddress({ protocol, host: own }: Address, node: string): Address {
  const colon = node.lastIndexOf(':')
  const host = node.slice(0, colon).replace(/^\??$/, own)
  return addressAt(protocol, /^[^[].*:/.test(host) ? `[${host}]` : host, Number(node.slice(colon + 1)))
}

/** The password and user name for all servers, from the environment. */
export function credentials(env: NodeJS.ProcessEnv): { username?: string; password?: string } {
  const { CACHELAB_USERNAME: username, CACHELAB_PASSWORD: password } = env
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) }
}
