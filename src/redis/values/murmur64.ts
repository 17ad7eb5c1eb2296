/** The multiplier, in halves. */
const [HIGH, LOW] = [0xc6a4a793, 0x5bd1e995]
const SEED = 0xadc83b19

/** The hash that is being computed, in two halves of 32 bits. */
let high = 0
let low = 0

/** Multiplies the hash, modulo 2⁶⁴: the lower halves in pieces of 16 bits, whose products are exact. */
function multiply(): void {
  const [a, b] = [low >>> 16, low & 0xffff]
  const [c, d] = [LOW >>> 16, LOW & 0xffff]
  const middle = a * d + ((b * d) >>> 16)
  const carried = b * c + (middle & 0xffff)
  const above = a * c + Math.floor(middle / 65536) + Math.floor(carried / 65536)
  high = (above + Math.imul(high, LOW) + Math.imul(low, HIGH)) | 0
  low = Math.imul(low, LOW)
}

/** Exclusive or with the bits from the 47th on. */
function mix(): void {
  low ^= high >>> 15
}

/**
 * MurmurHash64A (Appleby, 2008) of a string of bytes, with the seed that Redis's HyperLogLogs have: in two halves of 32
 * bits, of any sign. O(its bytes).
 */
export function hash64(bytes: Buffer): { readonly high: number; readonly low: number } {
  const { length } = bytes
  ;[high, low] = [0, length]
  multiply()
  low ^= SEED
  const whole = length & ~7
  for (let at = 0; at < whole; at += 8) {
    const [before, beforeLow] = [high, low]
    low = bytes.readInt32LE(at)
    high = bytes.readInt32LE(at + 4)
    multiply()
    mix()
    multiply()
    high ^= before
    low ^= beforeLow
    multiply()
  }
  if (length > whole) {
    for (let at = length - 1; at >= whole; at--) {
      const shift = 8 * (at & 3)
      if (at - whole >= 4) high ^= bytes[at] << shift
      else low ^= bytes[at] << shift
    }
    multiply()
  }
  mix()
  multiply()
  mix()
  return { high, low }
}
