import { type HashFunction, xxh64 } from '../hashing/index.js'
import { NumberedText } from '../keys/index.js'
import { ProgramRing, type Weights } from './program-ring.js'
import { RingPoints } from './ring-points.js'

/** Envoy's defaults of `minimum_ring_size` and `maximum_ring_size`. */
const MIN_RING_SIZE = 1024
const MAX_RING_SIZE = 8_388_608

/** Bits of a half of a position. */
const HALF = 32n

/** The leading half of xxHash64, with which many keys are placed at once. */
export const envoyHash: HashFunction = {
  name: 'xxh64',
  bits: 32,
  hash: (bytes, start, end) => Number(xxh64(bytes, start, end) >> HALF),
  about: 'xxHash64, seed 0, of which many keys at once take the leading 32 bits',
}

/** Options of Envoy’s ring, by the names of its configuration. */
export interface EnvoyOptions {
  /** Weight by host; 1 where there is none. */
  weights?: Weights | undefined
  /** `minimum_ring_size`; default 1024. */
  minRingSize?: number
  /** `maximum_ring_size`; default 8388608. */
  maxRingSize?: number
}

/**
 * Envoy's ring hash: a host's points are xxHash64 of `address_i`, and a key, hashed by xxHash64, belongs to the first point
 * at or after its own. The points are spread over the hosts by weight, so that the least gets a whole number of them and all
 * together at least 1024. Nodes are named by their address, `10.0.0.1:80`, or by host name with
 * `use_hostname_for_hashing`.
 *
 * Positions have 64 bits, and `locate` and `replicas` compare them all. `owner` gets the leading 32: for one key in 4
 * million, on a ring of 1024 points, that is one point too early.
 *
 * Envoy, ring_hash_lb.cc: `RingHashLoadBalancer::Ring::Ring` and `Ring::chooseHost`; hash.h, `HashUtil::xxHash64`.
 *
 * @example
 * import { type EnvoyOptions, EnvoyRing } from 'cachelab/placement'
 * const options: EnvoyOptions = { minRingSize: 2048 }
 * const ring = new EnvoyRing(['10.0.0.1:80', '10.0.0.2:80'], options)
 * ring.locate('user:1001') // '10.0.0.2:80'
 * ring.bytes // 40964
 */
export class EnvoyRing extends ProgramRing {
  private readonly minRingSize: number
  private readonly maxRingSize: number
  /** The trailing halves of the positions, in the order of the points. */
  private low = new Uint32Array()

  constructor(hosts: readonly string[], { weights, minRingSize, maxRingSize }: EnvoyOptions = {}) {
    super(hosts, envoyHash, weights)
    this.minRingSize = minRingSize ?? MIN_RING_SIZE
    this.maxRingSize = maxRingSize ?? MAX_RING_SIZE
    this.build()
  }

  override get bytes(): number {
    return super.bytes + this.low.byteLength
  }

  /** In floating point as Envoy computes it: whole points keep up with a running sum of what is due. */
  protected counts(weights: readonly number[]): number[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const least = weights.reduce((a, b) => Math.min(a, b)) / total
    const scale = Math.min(Math.ceil(least * this.minRingSize) / least, this.maxRingSize)
    let placed = 0
    let due = 0
    const counts = weights.map((weight) => {
      due += scale * (weight / total)
      const count = Math.max(0, Math.ceil(due) - placed)
      placed += count
      return count
    })
    this.low = new Uint32Array(placed)
    return counts
  }

  protected putPoints(host: number, out: Uint32Array, start: number): void {
    const label = new NumberedText(`${this.names[host]}_`)
    for (let i = 0; i < out.length; i++) {
      const position = xxh64(label.bytes, 0, label.end)
      out[i] = Number(position >> HALF)
      this.low[start + i] = Number(BigInt.asUintN(32, position))
      label.advance()
    }
  }

  /** Sorts by the trailing halves, then by the leading ones. */
  protected override sorted(high: Uint32Array, owners: Uint32Array): RingPoints {
    const { low } = this
    const byLow = RingPoints.sorted(
      low,
      low.map((_, i) => i),
      32,
    ).owners
    const points = RingPoints.sorted(
      byLow.map((i) => high[i]),
      byLow,
      32,
    )
    this.low = points.owners.map((i) => low[i])
    points.owners.set(points.owners.map((i) => owners[i]))
    return points
  }

  /** The point that takes a hash, as an index. */
  private pointAt64(hash: bigint): number {
    const { positions, size } = this.points
    const high = Number(hash >> HALF)
    const low = Number(BigInt.asUintN(32, hash))
    let at = this.pointAt(high)
    while (at < size && positions[at] === high && this.low[at] < low) at++
    return at === size ? 0 : at
  }

  /** Hosts from the one that takes a hash of 64 bits on. */
  hostsAt(hash: bigint, count: number): string[] {
    return this.ownersFrom(this.pointAt64(hash), count).map((host) => this.names[host])
  }

  override locate(key: string): string {
    return this.replicas(key, 1)[0]
  }

  override replicas(key: string, count: number): string[] {
    return this.hostsAt(hash64(key), count)
  }

  hashOf(key: string): string {
    return String(hash64(key))
  }

  override pointOf(key: string): string {
    const at = this.pointAt64(hash64(key))
    return String((BigInt(this.points.positions[at]) << HALF) + BigInt(this.low[at]))
  }
}

function hash64(key: string): bigint {
  const bytes = Buffer.from(key)
  return xxh64(bytes, 0, bytes.length)
}
