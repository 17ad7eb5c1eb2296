/** Bits of a position that one pass of sorting looks at: few for few points, as a pass counts all its digits. */
const DIGIT_BITS = { few: 8, many: 11 }
const MANY = 4096
/** Bits by which the index of points without owners is shorter. */
const SPARSE = 3

/**
 * The points of a hash ring, sorted by position: which node stands where. Points at one position keep the
 * order of their nodes' indices, so a collision has the same winner whatever came first.
 *
 * Positions and owners are two plain arrays, eight bytes a point. An index by the positions' leading bits
 * tells where to begin, so that a lookup looks at one or two points however many there are.
 */
export class RingPoints {
  readonly size: number
  private readonly shift: number
  private readonly buckets: Uint32Array

  private constructor(
    readonly positions: Uint32Array,
    readonly owners: Uint32Array,
    private readonly bits: number,
    sparse = 0,
  ) {
    this.size = positions.length
    const indexBits = Math.min(bits, Math.max(1, 32 - Math.clz32(this.size) - sparse))
    this.shift = bits - indexBits
    this.buckets = bucketStarts(positions, indexBits, this.shift)
  }

  /** Sorts points by radix, O(points); `owners[i]` stands at `positions[i]`, a position has `bits` bits. */
  static sorted(positions: Uint32Array, owners: Uint32Array, bits: number): RingPoints {
    let from: Columns = { positions, owners }
    let to = emptyColumns(positions.length)
    let spare = emptyColumns(positions.length)
    const digitBits = positions.length < MANY ? DIGIT_BITS.few : DIGIT_BITS.many
    for (let shift = 0; shift < bits; shift += digitBits) {
      scatter(from, to, shift, 1 << digitBits)
      from = to
      to = spare
      spare = from
    }
    return new RingPoints(from.positions, from.owners, bits)
  }

  /**
   * Points that are sorted already, on a circle where it doesn't matter who owns them. Their index is an eighth of
   * others': they are many, and each core has one.
   */
  static inOrder(positions: Uint32Array, bits: number): RingPoints {
    return new RingPoints(positions, new Uint32Array(), bits, SPARSE)
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    return this.positions.byteLength + this.owners.byteLength + this.buckets.byteLength
  }

  /** The first point with a position greater than the key's, around to the lowest. Expected O(1). */
  after(position: number): number {
    const { positions, buckets } = this
    const bucket = position >>> this.shift
    let low = buckets[bucket]
    let high = buckets[bucket + 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (positions[middle] > position) high = middle
      else low = middle + 1
    }
    return low === positions.length ? 0 : low
  }

  /**
   * These points and those of one more node, whose index is `node`: indices from there on move up by one.
   * One pass over the ring, and nothing is hashed or sorted but the newcomer's own points.
   */
  withNode(node: number, positions: Uint32Array): RingPoints {
    const added = RingPoints.sorted(positions, new Uint32Array(positions.length), this.bits)
    const size = this.size + added.size
    const mergedPositions = new Uint32Array(size)
    const mergedOwners = new Uint32Array(size)
    for (let i = 0, old = 0, fresh = 0; i < size; i++) {
      const owner = old < this.size ? this.owners[old] : 0
      const takeOld =
        old < this.size &&
        (fresh === added.size ||
          this.positions[old] < added.positions[fresh] ||
          (this.positions[old] === added.positions[fresh] && owner < node))
      mergedPositions[i] = takeOld ? this.positions[old++] : added.positions[fresh++]
      mergedOwners[i] = takeOld ? (owner < node ? owner : owner + 1) : node
    }
    return new RingPoints(mergedPositions, mergedOwners, this.bits)
  }

  /** These points without those of one node: indices above it move down by one. One pass over the ring. */
  withoutNode(node: number): RingPoints {
    let size = 0
    for (let i = 0; i < this.size; i++) if (this.owners[i] !== node) size++
    const positions = new Uint32Array(size)
    const owners = new Uint32Array(size)
    for (let i = 0, kept = 0; i < this.size; i++) {
      const owner = this.owners[i]
      if (owner === node) continue
      positions[kept] = this.positions[i]
      owners[kept++] = owner < node ? owner : owner - 1
    }
    return new RingPoints(positions, owners, this.bits)
  }
}

/** For each value of the leading bits, the first of the sorted positions that has it or a greater one. */
function bucketStarts(positions: Uint32Array, indexBits: number, shift: number): Uint32Array {
  const starts = new Uint32Array(2 ** indexBits + 1)
  for (let i = 0; i < positions.length; i++) starts[(positions[i] >>> shift) + 1]++
  for (let bucket = 1; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1]
  return starts
}

interface Columns {
  positions: Uint32Array
  owners: Uint32Array
}

function emptyColumns(size: number): Columns {
  return { positions: new Uint32Array(size), owners: new Uint32Array(size) }
}

/** One stable counting pass over the digit of the positions that begins at `shift`. */
function scatter(from: Columns, to: Columns, shift: number, radix: number): void {
  const { positions, owners } = from
  const { positions: sortedPositions, owners: sortedOwners } = to
  const next = new Uint32Array(radix + 1)
  const mask = radix - 1
  for (let i = 0; i < positions.length; i++) next[((positions[i] >>> shift) & mask) + 1]++
  for (let digit = 1; digit < radix; digit++) next[digit] += next[digit - 1]
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i]
    const at = next[(position >>> shift) & mask]++
    sortedPositions[at] = position
    sortedOwners[at] = owners[i]
  }
}
