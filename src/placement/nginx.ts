import { hashFunctions } from '../hashing/index.js'
import { ProgramRing, type Weights } from './program-ring.js'
import { RingPoints } from './ring-points.js'

/** Points of a server of weight 1. */
const POINTS = 160
const UNIX = 'unix:'

/** A server as the directive `server` names it, as bytes: `HOST \0 PORT`, and room for the hash of the point before. */
function labelOf(server: string): Buffer {
  const [, host, port = ''] = /^(.*?)(?::(\d*))?$/s.exec(server)!
  const text = server.toLowerCase().startsWith(UNIX) ? `${server.slice(UNIX.length)}\0` : `${host}\0${port}`
  return Buffer.concat([Buffer.from(text), Buffer.alloc(4)])
}

/**
 * nginx's `hash KEY consistent`: the 160 × weight points of a server are a chain of CRC-32, each over the server's host, a
 * zero byte, its port and the point before, as four little-endian bytes. A key, hashed by CRC-32, belongs to the first
 * point at or after its own; of points that coincide only the first server's is kept. Nodes are named as in `server`.
 *
 * nginx 1.22, ngx_http_upstream_hash_module.c: `ngx_http_upstream_init_chash` and `ngx_http_upstream_find_chash_point`;
 * the next distinct servers are where `ngx_http_upstream_get_chash_peer` goes on when one is down. The points are those of
 * Cache::Memcached::Fast.
 *
 * @example
 * import { NginxRing } from 'cachelab/placement'
 * // As in `upstream { hash $key consistent; server 10.0.0.1:8080 weight=2; … }`.
 * const ring = new NginxRing(['10.0.0.1:8080', '10.0.0.2:8080'], { '10.0.0.1:8080': 2 })
 * ring.locate('user:1001') // '10.0.0.2:8080'
 */
export class NginxRing extends ProgramRing {
  constructor(nodes: readonly string[], weights?: Weights) {
    super(nodes, hashFunctions.crc32, weights)
    this.build()
  }

  protected counts(weights: readonly number[]): number[] {
    return weights.map((weight) => weight * POINTS)
  }

  protected putPoints(node: number, out: Uint32Array): void {
    const label = labelOf(this.names[node])
    const before = label.length - 4
    for (let i = 0; i < out.length; i++) {
      out[i] = this.hash.hash(label, 0, label.length)
      label.writeUInt32LE(out[i], before)
    }
  }

  protected override sorted(positions: Uint32Array, owners: Uint32Array): RingPoints {
    const all = super.sorted(positions, owners)
    const isFirst = (_: number, i: number) => i === 0 || all.positions[i] !== all.positions[i - 1]
    const kept = all.positions.filter(isFirst)
    return kept.length === all.size ? all : RingPoints.sorted(kept, all.owners.filter(isFirst), 32)
  }
}
