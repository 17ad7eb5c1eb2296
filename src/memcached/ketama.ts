import { type HashFunction, md5Words } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { HashedPlacement } from '../placement/placement.js'
import { RingPoints } from '../placement/ring-points.js'

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
 * Ketama, the continuum that memcached's clients share: consistent hashing where each MD5 digest of `host-i` gives
 * four points, and weights say how many digests a server has. A key belongs to the first point at or after its own.
 * Building hashes every digest, 40 a server; a lookup is O(1) expected.
 *
 * libmemcached 1.1.4, hosts.cc (update_continuum) with MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED. Where two points coincide
 * the server named first has them. Throws InputError for a weight that isn't a whole number of at least 1, and where
 * one is so small beside the others that its server gets no digest.
 */
export class Ketama extends HashedPlacement {
  private points!: RingPoints
  private readonly weights: Map<string, number>

  constructor(servers: readonly string[], weights: Readonly<Record<string, number>> = {}) {
    super(servers, ketamaHash)
    this.weights = new Map(Object.entries(weights))
    this.build()
  }

  private build(): void {
    const weights = this.names.map((name) => this.weights.get(name) ?? 1)
    for (const [i, weight] of weights.entries()) {
      if (!Number.isInteger(weight) || weight < 1)
        throw new InputError(
          `the weight of "${this.names[i]}" must be a whole number of at least 1, got ${weight}`,
        )
    }
    const counts = digestCounts(weights)
    const total = POINTS_A_DIGEST * counts.reduce((sum, count) => sum + count, 0)
    const positions = new Uint32Array(total)
    const owners = new Uint32Array(total)
    let at = 0
    for (const [server, count] of counts.entries()) {
      const name = nameInContinuum(this.names[server])
      for (let i = 0; i < count; i++) {
        const label = Buffer.from(`${name}-${i}`)
        positions.set(Uint32Array.from(md5Words(label, 0, label.length)), at)
        owners.fill(server, at, at + POINTS_A_DIGEST)
        at += POINTS_A_DIGEST
      }
    }
    this.points = RingPoints.sorted(positions, owners, 32)
  }

  get bytes(): number {
    return this.points.bytes
  }

  /** Points of each server. */
  get pointCounts(): Uint32Array {
    const counts = new Uint32Array(this.names.length)
    for (const owner of this.points.owners) counts[owner]++
    return counts
  }

  owner(position: number): number {
    // Ketama takes the first point at or after a position, the ring the first point after it.
    const at = position === 0 ? 0 : this.points.after(position - 1)
    return this.points.owners[at]
  }

  owners(position: number, count: number): number[] {
    return this.successors(this.owner(position), count)
  }

  add(server: string): void {
    this.names = this.namesWith(server)
    this.build()
  }

  remove(server: string): void {
    this.names.splice(this.indexToRemove(server), 1)
    this.build()
  }
}
