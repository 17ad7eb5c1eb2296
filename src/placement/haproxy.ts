import { type ByteHash, type HashFunction, hashFunctions } from '../hashing/index.js'
import { ProgramRing, type Weights } from './program-ring.js'

/** Points of a server of weight 1, and numbers between the ids of two servers: that many points at the largest weight. */
const POINTS = 16
const MAX_WEIGHT = 256
const ID_RANGE = POINTS * MAX_WEIGHT

/** HAProxy's avalanche: Bob Jenkins' hash of an integer, times a prime close to ¾ of 2³². `full_hash` in intops.h. */
function avalanche(value: number): number {
  let a = value | 0
  a = (a + 0x7ed55d16 + (a << 12)) | 0
  a = a ^ 0xc761c23c ^ (a >>> 19)
  a = (a + 0x165667b1 + (a << 5)) | 0
  a = (a + 0xd3a2646c) ^ (a << 9)
  a = (a + 0xfd7046c5 + (a << 3)) | 0
  a = a ^ 0xb55a4f09 ^ (a >>> 16)
  return Math.imul(a, 3221225473) >>> 0
}

const sdbm: ByteHash = (bytes, start, end) => {
  let hash = 0
  for (let i = start; i < end; i++) hash = (bytes[i] + (hash << 6) + (hash << 16) - hash) | 0
  return hash >>> 0
}

const djb2: ByteHash = (bytes, start, end) => {
  let hash = 5381
  for (let i = start; i < end; i++) hash = ((hash << 5) + hash + bytes[i]) | 0
  return hash >>> 0
}

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits))

/** HAProxy's own: two words that are rotated by bits of each other. */
const wt6: ByteHash = (bytes, start, end) => {
  let [one, other, turnOne, turnOther] = [0xa53c965a | 0, 0x5ca6953a, 6, 18]
  for (let i = start; i < end; i++) {
    const turned = rotate(~(other + bytes[i]), turnOne)
    other = rotate(~(one ^ bytes[i]), turnOther)
    one = turned
    const turns = ((one >>> 16) ^ other) & 0xffff
    turnOne = turns & 31
    turnOther = turns >>> 11
  }
  return (one ^ other) >>> 0
}

/** The functions of `hash-type`: `hash_sdbm` and so on in hash.c. */
const functions = { sdbm, djb2, wt6, crc32: hashFunctions.crc32.hash }

type Name = keyof typeof functions
/** A function of `hash-type consistent`, with or without the avalanche. */
export type HaproxyHashType = Name | `${Name}-avalanche`

/** What keys are hashed by, by the words after `hash-type consistent`. The first is the default, without any. */
export const haproxyHashes = Object.fromEntries(
  Object.entries(functions).flatMap(([name, hash]): [string, HashFunction][] => [
    [
      `${name}-avalanche`,
      {
        name: `${name}-avalanche`,
        bits: 32,
        hash: (bytes, start, end) => avalanche(hash(bytes, start, end)),
        about: `${name} with HAProxy’s avalanche`,
      },
    ],
    [name, { name, bits: 32, hash, about: `${name} as HAProxy has it` }],
  ]),
) as Readonly<Record<HaproxyHashType, HashFunction>>

export const haproxyHashTypes = Object.keys(haproxyHashes) as HaproxyHashType[]

/** Options of HAProxy’s ring. */
export interface HaproxyOptions {
  /** Weight by server, from 1 to 256; 1 where there is none. */
  weights?: Weights | undefined
  /** Default sdbm-avalanche, as HAProxy's. */
  hashType?: HaproxyHashType | undefined
}

/**
 * HAProxy's `hash-type consistent`: a server's 16 × weight points are the avalanche of id × 4096 + i. Its name plays no
 * part: ids count from 1 in the order of the list, a server that joins gets the least free one, and the others keep theirs.
 * A key belongs to the closest point, on either side; at equal distance to the one before it. No two points coincide.
 *
 * HAProxy 2.6, lb_chash.c: `chash_init_server_tree` and `chash_get_server_hash`, which also goes on to the next distinct
 * servers when one is to be avoided.
 *
 * @example
 * import { type HaproxyHashType, type HaproxyOptions, HaproxyRing } from 'cachelab/placement'
 * const hashType: HaproxyHashType = 'djb2-avalanche'
 * const options: HaproxyOptions = { hashType }
 * new HaproxyRing(['web1', 'web2', 'web3'], options).locate('user:1001') // 'web3'
 */
export class HaproxyRing extends ProgramRing {
  protected override readonly maxWeight = MAX_WEIGHT
  private readonly ids = new Map<string, number>()

  constructor(nodes: readonly string[], { weights, hashType = 'sdbm-avalanche' }: HaproxyOptions = {}) {
    super(nodes, haproxyHashes[hashType], weights)
    this.build()
  }

  protected override build(): void {
    const { ids, names } = this
    for (const name of ids.keys()) if (!names.includes(name)) ids.delete(name)
    const used = new Set(ids.values())
    let id = 1
    for (const name of names) {
      if (ids.has(name)) continue
      while (used.has(id)) id++
      used.add(id)
      ids.set(name, id)
    }
    super.build()
  }

  protected counts(weights: readonly number[]): number[] {
    return weights.map((weight) => weight * POINTS)
  }

  protected putPoints(node: number, out: Uint32Array): void {
    const first = this.ids.get(this.names[node])! * ID_RANGE
    for (let i = 0; i < out.length; i++) out[i] = avalanche(first + i)
  }

  protected override pointAt(position: number): number {
    const { positions, size } = this.points
    const next = super.pointAt(position)
    const before = next === 0 ? size - 1 : next - 1
    const isBeforeCloser = (position - positions[before]) >>> 0 <= (positions[next] - position) >>> 0
    return isBeforeCloser ? before : next
  }
}
