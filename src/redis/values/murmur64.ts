const MULTIPLIER = 0xc6a4a7935bd1e995n
const SEED = 0xadc83b19n
const MASK = (1n << 64n) - 1n

const times = (a: bigint) => (a * MULTIPLIER) & MASK
const mixed = (a: bigint) => a ^ (a >> 47n)

/** MurmurHash64A (Appleby, 2008) of a string of bytes, with the seed that Redis's HyperLogLogs have. */
export function hash64(text: string): bigint {
  const bytes = Buffer.from(text, 'latin1')
  let hash = SEED ^ times(BigInt(bytes.length))
  const whole = bytes.length & ~7
  for (let at = 0; at < whole; at += 8) {
    hash = times(hash ^ times(mixed(times(bytes.readBigUInt64LE(at)))))
  }
  if (bytes.length > whole) {
    let rest = 0n
    for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8n) | BigInt(bytes[at])
    hash = times(hash ^ rest)
  }
  return mixed(times(mixed(hash)))
}
