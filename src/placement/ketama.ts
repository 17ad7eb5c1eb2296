import { type HashFunction, md5Words } from '../hashing/index.js'
import { ProgramRing, type Weights } from './program-ring.js'

const DEFAULT_PORT = '11211'
/** The average number of points of a server, and the points of each digest. */
const POINTS = 160
const POINTS_A_DIGEST = 4

/** How libmemcached hashes keys and servers: the first four bytes of the MD5 digest, little-endian. */
export const ketamaHash: HashFunction = {
  name: 'md5-le',
  bits: 32,
  hash: (bytes, start, end) => md5Words(bytes, start, end)[0] >>> 0,
  about: 'first four bytes of the MD5 digest, little-endian, as libmemcached hashes',
}

/** A server's name in the continuum: its host, with the port unless that is memcached's own. */
function nameInContinuum(server: string): string {
  return server.endsWith(`:${DEFAULT_PORT}`) ? server.slice(0, -DEFAULT_PORT.length - 1) : server
}

/**
 * How many digests each server puts on the continuum: its share of the weights × 40 × servers, rounded down. In
 * single precision, as libmemcached computes it, or some counts of servers would get a digest more than they do.
 */
export function digestCounts(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const { fround } = Math
  return weights.map((weight) => {
    const share = fround(fround(weight) / fround(total))
    const points = fround(fround(fround(share * POINTS) / POINTS_A_DIGEST) * weights.length)
    return Math.floor(fround(points + 1e-10))
  })
}

/**
 * Ketama, the continuum that memcached's clients share: consistent hashing where each MD5 digest of `host-i`, or
 * `host:port-i`, gives four points, and weights say how many digests a server has. A key belongs to the first point at or
 * after its own; where two points coincide the server named first has them. Copies are on the next servers of the list.
 *
 * libmemcached 1.1.4 with MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED: `update_continuum` in hosts.cc, `dispatch_host` in hash.cc.
 * A server whose weight is small beside the others may get no digest, and then no key. Throws InputError for a weight that
 * isn't a whole number of at least 1.
 *
 * @example
 * import { Ketama } from 'cachelab/placement'
 * const ketama = new Ketama(['10.0.1.1:11211', '10.0.1.2:11211'], { '10.0.1.2:11211': 3 })
 * ketama.locate('user:1001') // '10.0.1.2:11211'
 */
export class Ketama extends ProgramRing {
  constructor(servers: readonly string[], weights?: Weights) {
    super(servers, ketamaHash, weights)
    this.build()
  }

  protected counts(weights: readonly number[]): number[] {
    return digestCounts(weights).map((digests) => digests * POINTS_A_DIGEST)
  }

  protected putPoints(server: number, out: Uint32Array): void {
    const name = nameInContinuum(this.names[server])
    for (let at = 0; at < out.length; at += POINTS_A_DIGEST) {
      const label = Buffer.from(`${name}-${at / POINTS_A_DIGEST}`)
      out.set(Uint32Array.from(md5Words(label, 0, label.length)), at)
    }
  }

  override owners(position: number, count: number): number[] {
    return this.successors(this.owner(position), count)
  }
}
