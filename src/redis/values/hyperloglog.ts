import { hash64 } from './murmur64.js'
import { corrupted, forEachRun, MAX_VALUE, raised } from './sparse-registers.js'

const BITS = 14
export const REGISTERS = 1 << BITS
/** Bits of the hash that a register's run of zeros is looked for in. */
const LOOKED_AT = 64 - BITS
/** Bits of a register, and how many different values it can have. */
const WIDTH = 6
const VALUES = 1 << WIDTH
const MAGIC = 'HYLL'
/** Bytes before the registers: the magic word, the encoding, three of no use, the last count. */
const HEADER = 16
const ENCODING = 4
const COUNT = 8
const DENSE = 0
const SPARSE = 1
const DENSE_BYTES = HEADER + (REGISTERS * WIDTH) / 8
/** The bit of the header's last byte that says that the count has changed. */
const STALE = 0x80
/** The limit of 1 ÷ (2 · ln 2), which corrects the estimate however large it is. */
const ALPHA = 0.7213475204444817

/** A HyperLogLog without elements: all registers in one run. */
function empty(): Buffer {
  const bytes = Buffer.alloc(HEADER + 2)
  bytes.write(MAGIC, 'latin1')
  bytes[ENCODING] = SPARSE
  bytes.writeUInt16BE(0x7fff, HEADER)
  return bytes
}

/**
 * About how many different elements were added: 2¹⁴ registers of six bits, each the longest run of zeros that began the
 * hashes that fell to it; the standard error is 1.04 ÷ √2¹⁴ = 0.81 %. The bytes are Redis's: sparse while they are few,
 * then six bits a register.
 *
 * Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog", AofA 2007, with the estimator of Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches", arXiv:1702.01284, and Redis's hash: its PFCOUNT gives the same.
 */
export class HyperLogLog {
  /** Changes the given bytes in place where their number stays the same. */
  constructor(
    public bytes: Buffer = empty(),
    /** Bytes up to which it stays sparse. */
    private readonly maxSparse = 3000,
  ) {}

  /** Whether bytes look like a HyperLogLog; those of a sparse one may still be damaged. */
  static isIn(bytes: Buffer): boolean {
    if (bytes.length < HEADER || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return false
    return bytes[ENCODING] === SPARSE || (bytes[ENCODING] === DENSE && bytes.length === DENSE_BYTES)
  }

  get isSparse(): boolean {
    return this.bytes[ENCODING] === SPARSE
  }

  /** The codes of a sparse one. */
  get codes(): Buffer {
    return this.bytes.subarray(HEADER)
  }

  /** Adds an element; true if a register changed. O(1), or O(bytes) while it is sparse. */
  add(element: string): boolean {
    const { high, low } = hash64(Buffer.from(element, 'latin1'))
    const rest = low >>> BITS
    const zeros = rest !== 0 ? trailingZeros(rest) : 32 - BITS + (high === 0 ? 32 : trailingZeros(high))
    return this.raise(low & (REGISTERS - 1), zeros + 1)
  }

  /** Raises a register to a value; false where it is as high. */
  raise(register: number, value: number): boolean {
    if (this.isSparse) {
      const codes = this.codes
      const next = value > MAX_VALUE ? undefined : raised(codes, register, value, this.maxSparse - HEADER)
      if (next === codes) return false
      if (next !== undefined) {
        this.bytes = Buffer.concat([this.bytes.subarray(0, HEADER), next])
        this.changed()
        return true
      }
      this.toDense()
    }
    const bit = register * WIDTH
    const at = HEADER + (bit >> 3)
    const both = this.bytes[at] | (this.bytes[at + 1] << 8)
    const shift = bit & 7
    if (((both >> shift) & (VALUES - 1)) >= value) return false
    const next = (both & ~((VALUES - 1) << shift)) | (value << shift)
    this.bytes[at] = next & 255
    this.bytes[at + 1] = next >> 8
    this.changed()
    return true
  }

  /** To call when the count may be another. */
  changed(): void {
    this.bytes[HEADER - 1] |= STALE
  }

  /** Gives each register six bits. */
  toDense(): void {
    if (!this.isSparse) return
    const registers = this.registers()
    const dense = Buffer.alloc(DENSE_BYTES)
    this.bytes.copy(dense, 0, 0, HEADER)
    dense[ENCODING] = DENSE
    for (const [i, value] of registers.entries()) {
      const bit = i * WIDTH
      dense[HEADER + (bit >> 3)] |= value << (bit & 7)
      dense[HEADER + (bit >> 3) + 1] |= (value << (bit & 7)) >> 8
    }
    this.bytes = dense
  }

  /** All registers. O(registers). */
  registers(): Uint8Array {
    const registers = new Uint8Array(REGISTERS)
    if (this.isSparse) {
      let at = 0
      forEachRun(this.codes, (value, length) => {
        if (at + length > REGISTERS) throw corrupted()
        registers.fill(value, at, at + length)
        at += length
      })
      if (at !== REGISTERS) throw corrupted()
      return registers
    }
    // Four registers in three bytes.
    for (let i = 0, at = HEADER; i < REGISTERS; at += 3) {
      const bits = this.bytes[at] | (this.bytes[at + 1] << 8) | (this.bytes[at + 2] << 16)
      for (let shift = 0; shift < 24; shift += WIDTH) registers[i++] = (bits >> shift) & (VALUES - 1)
    }
    return registers
  }

  /** The count that is kept in the header; undefined where it has changed. */
  get lastCount(): bigint | undefined {
    return (this.bytes[HEADER - 1] & STALE) === 0 ? this.bytes.readBigUInt64LE(COUNT) : undefined
  }

  /** Counts, and keeps the count in the header. */
  count(): number {
    const count = countOf(this.registers())
    this.bytes.writeBigUInt64LE(BigInt(count), COUNT)
    return count
  }
}

const trailingZeros = (bits: number) => 31 - Math.clz32(bits & -bits)

/** Raises the registers to those of another HyperLogLog. O(registers). */
export function merge(registers: Uint8Array, others: Uint8Array): void {
  for (let i = 0; i < REGISTERS; i++) if (others[i] > registers[i]) registers[i] = others[i]
}

/** About how many elements raised the registers. O(registers). */
export function countOf(registers: Uint8Array): number {
  const histogram = new Uint32Array(VALUES)
  for (const run of registers) histogram[run]++
  let sum = REGISTERS * tau((REGISTERS - histogram[LOOKED_AT + 1]) / REGISTERS)
  for (let run = LOOKED_AT; run >= 1; run--) sum = 0.5 * (sum + histogram[run])
  sum += REGISTERS * sigma(histogram[0] / REGISTERS)
  return Math.round((ALPHA * REGISTERS * REGISTERS) / sum)
}

/** The contribution of empty registers to the sum: Ertl's σ. */
function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY
  let [power, factor, sum, before] = [x, 1, x, Number.NaN]
  while (sum !== before) {
    power *= power
    before = sum
    sum += power * factor
    factor += factor
  }
  return sum
}

/** The contribution of full registers to the sum: Ertl's τ. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let [root, factor, sum, before] = [x, 1, 1 - x, Number.NaN]
  while (sum !== before) {
    root = Math.sqrt(root)
    before = sum
    factor *= 0.5
    sum -= (1 - root) ** 2 * factor
  }
  return sum / 3
}
