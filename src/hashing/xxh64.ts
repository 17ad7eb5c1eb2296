const P1 = 0x9e3779b185ebca87n
const P2 = 0xc2b2ae3d27d4eb4fn
const P3 = 0x165667b19e3779f9n
const P4 = 0x85ebca77c2b2ae63n
const P5 = 0x27d4eb2f165667c5n
const [P1_LOW, P1_HIGH, P2_LOW, P2_HIGH] = [0x85ebca87, 0x9e3779b1, 0x27d4eb4f, 0xc2b2ae3d]
const STRIPE = 32

const word = (value: bigint) => BigInt.asUintN(64, value)
const rotate = (value: bigint, bits: bigint) => word(value << bits) | (value >> (64n - bits))
const round = (lane: bigint, input: bigint) => word(rotate(word(lane + input * P2), 31n) * P1)

/** The high half of the product of two 32-bit numbers. */
function high(a: number, b: number): number {
  const [al, ah, bl, bh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const middle = ah * bl + ((al * bl) >>> 16)
  return ah * bh + Math.floor(middle / 65536) + Math.floor((al * bh + (middle % 65536)) / 65536)
}

/** xxHash64 with seed 0 of data that comes in pieces (Yann Collet, xxhash_spec.md). Stripes without bigints, some 100 MB/s. */
export class Xxh64 {
  /** The four lanes: low and high halves. */
  private readonly lanes = new Int32Array(8)
  private readonly rest = new Uint8Array(STRIPE)
  private length = 0

  constructor() {
    new BigUint64Array(this.lanes.buffer).set([word(P1 + P2), P2, 0n, word(-P1)])
  }

  update(bytes: Uint8Array): void {
    let at = 0
    const held = this.length % STRIPE
    this.length += bytes.length
    if (held > 0) {
      at = Math.min(STRIPE - held, bytes.length)
      this.rest.set(bytes.subarray(0, at), held)
      if (held + at < STRIPE) return
      this.stripes(this.rest, 0, STRIPE)
    }
    const end = bytes.length - ((bytes.length - at) % STRIPE)
    this.stripes(bytes, at, end)
    this.rest.set(bytes.subarray(end))
  }

  private stripes(bytes: Uint8Array, start: number, end: number): void {
    const { lanes } = this
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = start; at < end; at += 8) {
      const lane = ((at - start) >>> 2) & 6
      const [low, top] = [view.getUint32(at, true), view.getUint32(at + 4, true)]
      // lane + input × P2
      const sum = (lanes[lane] >>> 0) + (Math.imul(low, P2_LOW) >>> 0)
      const product = high(low, P2_LOW) + Math.imul(low, P2_HIGH) + Math.imul(top, P2_LOW)
      const sumTop = (lanes[lane + 1] + product + (sum > 0xffffffff ? 1 : 0)) | 0
      // rotated by 31, × P1
      const turned = ((sum | 0) << 31) | (sumTop >>> 1)
      const turnedTop = (sumTop << 31) | ((sum | 0) >>> 1)
      lanes[lane] = Math.imul(turned, P1_LOW)
      lanes[lane + 1] = high(turned >>> 0, P1_LOW) + Math.imul(turned, P1_HIGH) + Math.imul(turnedTop, P1_LOW)
    }
  }

  /** The hash of all that came. */
  digest(): bigint {
    const lanes = [...new BigUint64Array(this.lanes.buffer)]
    let hash = P5
    if (this.length >= STRIPE) {
      hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => word(sum + rotate(lanes[i], bits)), 0n)
      for (const lane of lanes) hash = word((hash ^ round(0n, lane)) * P1 + P4)
    }
    return finish(word(hash + BigInt(this.length)), this.rest, 0, this.length % STRIPE)
  }
}

/** Takes the bytes after the last whole stripe into a hash. */
function finish(start: bigint, bytes: Uint8Array, from: number, end: number): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let hash = start
  let at = from
  for (; at + 8 <= end; at += 8)
    hash = word(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4)
  for (; at + 4 <= end; at += 4)
    hash = word(rotate(hash ^ word(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3)
  for (; at < end; at++) hash = word(rotate(hash ^ word(BigInt(bytes[at]) * P5), 11n) * P1)
  hash = word((hash ^ (hash >> 33n)) * P2)
  hash = word((hash ^ (hash >> 29n)) * P3)
  return hash ^ (hash >> 32n)
}

/** xxHash64 with seed 0 of `bytes[start…end)`. */
export function xxh64(bytes: Uint8Array, start: number, end: number): bigint {
  if (end - start < STRIPE) return finish(word(P5 + BigInt(end - start)), bytes, start, end)
  const hash = new Xxh64()
  hash.update(bytes.subarray(start, end))
  return hash.digest()
}
