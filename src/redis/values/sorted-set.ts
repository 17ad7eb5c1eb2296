import type { Limits } from './limits.js'
import { work } from './work.js'

export interface Scored {
  readonly member: string
  readonly score: number
}

const MAX_LEVELS = 32
/** A node's number is the index of its first word. The head's is 0, which as a link means none. */
const HEAD = 0
const NONE = 0
/** A node's words: two of its score, then these, then a link and its span for each level that it is in. */
const BACK = 2
const SLOT = 3
const LINKS = 4
const INITIAL_WORDS = 128
/** The result of the last search in any set: on each level, a node and its distance from the head. */
const before = new Uint32Array(MAX_LEVELS)
const ranks = new Uint32Array(MAX_LEVELS)

/** The lower end of a range: true for its first member and for all members after it. */
export type From = (score: number, member: string) => boolean

/**
 * Members ordered by score, then by bytes: a skip list whose links know how many nodes they go over, so that ranks and
 * ranges are found in O(log N) expected, beside a map from members to nodes. All that a search needs of a node lies
 * together in one array, in a line of the processor's cache; a quarter of the nodes of each level are in the next one
 * too, so that a node has 4/3 links and takes 27 bytes, beside its member.
 *
 * Pugh, "Skip Lists: A Probabilistic Alternative to Balanced Trees", CACM 33(6), 1990; ranks as its section "Linear
 * list operations" has them.
 */
export class SortedSet {
  private readonly nodeOf = new Map<string, number>()
  /** By slot, which a member keeps as long as it is there; the first is the head's. */
  private readonly members: string[] = ['']
  private readonly heights: number[] = [MAX_LEVELS]
  private words = new Uint32Array(INITIAL_WORDS)
  /** The same memory, for scores. */
  private doubles = new Float64Array(this.words.buffer)
  private wordsUsed = LINKS + 2 * MAX_LEVELS
  private levels = 1
  /** Free nodes by height. */
  private readonly free: number[][] = []
  /** A generator of its own (xorshift), so that the same commands build the same list. */
  private state = 2463534242
  bytes = 0
  /** Whether it is a listpack. SORT converts it from one. */
  isPacked = true
  /** The longest member that was added since the limits were checked; -1 where none was. */
  private longest = -1
  /** A score was set to -0 since then. */
  private hasNegativeZero = false

  /** Converts it from a listpack, and never back, if what was added passes a limit. In a listpack there is no -0. */
  check({ zsetMaxListpackEntries, zsetMaxListpackValue }: Limits): void {
    if (this.longest >= 0) {
      if (this.size > zsetMaxListpackEntries || this.longest > zsetMaxListpackValue) this.isPacked = false
      this.longest = -1
    }
    if (!this.hasNegativeZero) return
    this.hasNegativeZero = false
    if (!this.isPacked) return
    for (const node of this.nodeOf.values()) if (this.doubles[node >>> 1] === 0) this.doubles[node >>> 1] = 0
  }

  static of(items: Iterable<Scored>): SortedSet {
    const set = new SortedSet()
    for (const { member, score } of items) set.set(member, score)
    return set
  }

  get size(): number {
    return this.nodeOf.size
  }

  score(member: string): number | undefined {
    work.steps++
    const node = this.nodeOf.get(member)
    return node === undefined ? undefined : this.doubles[node >>> 1]
  }

  /** Sets a member's score; true if it is new. */
  set(member: string, score: number): boolean {
    if (Object.is(score, -0)) this.hasNegativeZero = true
    const node = this.nodeOf.get(member)
    if (node !== undefined) {
      if (this.doubles[node >>> 1] !== score) this.moveTo(node, member, score)
      return false
    }
    const fresh = this.takeNode(member)
    this.doubles[fresh >>> 1] = score
    this.nodeOf.set(member, fresh)
    this.bytes += member.length
    if (member.length > this.longest) this.longest = member.length
    this.link(fresh, member)
    return true
  }

  delete(member: string): boolean {
    const node = this.nodeOf.get(member)
    if (node === undefined) return false
    this.unlink(node, member)
    this.nodeOf.delete(member)
    this.bytes -= member.length
    const slot = this.words[node + SLOT]
    this.members[slot] = ''
    const height = this.heights[slot]
    this.free[height] ??= []
    this.free[height].push(node)
    return true
  }

  /** A member's rank from 0; undefined if it isn't there. */
  rank(member: string): number | undefined {
    const node = this.nodeOf.get(member)
    if (node === undefined) return undefined
    this.seek(this.doubles[node >>> 1], member)
    return ranks[0]
  }

  /** The number of members before the first one that passes a test. */
  countBefore(from: From): number {
    const { words, doubles } = this
    let node = HEAD
    let count = 0
    for (let level = this.levels - 1; level >= 0; level--) {
      for (;;) {
        const link = node + LINKS + 2 * level
        const next = words[link]
        work.steps++
        if (next === NONE || from(doubles[next >>> 1], this.memberOf(next))) break
        count += words[link + 1]
        node = next
      }
    }
    return count
  }

  /** `count` members from a position on, or backwards from it. */
  range(start: number, count: number, backwards = false): Scored[] {
    const items: Scored[] = []
    if (start < 0 || start >= this.size) return items
    for (let node = this.nodeAt(start); node !== NONE && items.length < count; ) {
      items.push({ member: this.memberOf(node), score: this.doubles[node >>> 1] })
      work.steps++
      node = this.words[backwards ? node + BACK : node + LINKS]
    }
    return items
  }

  /** All of them, in order. */
  items(): Scored[] {
    return this.range(0, this.size)
  }

  /** Members by slot, for scans: a member keeps its slot while it exists. */
  slots(from: number, to: number): Scored[] {
    const items: Scored[] = []
    for (let slot = Math.max(1, from); slot < to; slot++) {
      const member = this.members[slot]
      const node = this.nodeOf.get(member)
      if (node !== undefined && this.words[node + SLOT] === slot)
        items.push({ member, score: this.doubles[node >>> 1] })
    }
    return items
  }

  get slotCount(): number {
    return this.members.length
  }

  private memberOf(node: number): string {
    return this.members[this.words[node + SLOT]]
  }

  private nodeAt(index: number): number {
    const { words } = this
    let node = HEAD
    let left = index + 1
    for (let level = this.levels - 1; level >= 0 && left > 0; level--) {
      for (;;) {
        const link = node + LINKS + 2 * level
        work.steps++
        if (words[link] === NONE || words[link + 1] > left) break
        left -= words[link + 1]
        node = words[link]
      }
    }
    return node
  }

  /** Changes a node's score, and moves it if its position changes. */
  private moveTo(node: number, member: string, score: number): void {
    const next = this.words[node + LINKS]
    const back = this.words[node + BACK]
    const staysBehind = back === NONE || this.isBefore(back, score, member)
    if (staysBehind && (next === NONE || !this.isBefore(next, score, member))) {
      this.doubles[node >>> 1] = score
      return
    }
    this.unlink(node, member)
    this.doubles[node >>> 1] = score
    this.link(node, member)
  }

  private isBefore(node: number, score: number, member: string): boolean {
    const own = this.doubles[node >>> 1]
    return own < score || (own === score && this.memberOf(node) < member)
  }

  /** Finds, on each level, the last node before a score and member, and how many nodes it is from the head. */
  private seek(score: number, member: string): void {
    const { words, doubles } = this
    let node = HEAD
    let rank = 0
    let steps = 0
    let known = NONE
    for (let level = this.levels - 1; level >= 0; level--) {
      for (;;) {
        const link = node + LINKS + 2 * level
        const next = words[link]
        steps++
        // The node that ended the search on the level above ends it here, too.
        if (next === NONE || next === known) break
        const other = doubles[next >>> 1]
        if (other > score || (other === score && this.memberOf(next) >= member)) {
          known = next
          break
        }
        rank += words[link + 1]
        node = next
      }
      before[level] = node
      ranks[level] = rank
    }
    work.steps += steps
  }

  private link(node: number, member: string): void {
    const height = this.heights[this.words[node + SLOT]]
    this.seek(this.doubles[node >>> 1], member)
    for (; this.levels < height; this.levels++) before[this.levels] = ranks[this.levels] = HEAD
    const { words } = this
    for (let level = 0; level < this.levels; level++) {
      const link = before[level] + LINKS + 2 * level
      const own = node + LINKS + 2 * level
      if (level >= height) {
        if (words[link] !== NONE) words[link + 1]++
        continue
      }
      const over = ranks[0] - ranks[level]
      words[own] = words[link]
      words[own + 1] = words[link] === NONE ? 0 : words[link + 1] - over
      words[link] = node
      words[link + 1] = over + 1
    }
    words[node + BACK] = before[0]
    const next = words[node + LINKS]
    if (next !== NONE) words[next + BACK] = node
  }

  private unlink(node: number, member: string): void {
    this.seek(this.doubles[node >>> 1], member)
    const { words } = this
    for (let level = 0; level < this.levels; level++) {
      const link = before[level] + LINKS + 2 * level
      const own = node + LINKS + 2 * level
      if (words[link] !== node) {
        if (words[link] !== NONE) words[link + 1]--
        continue
      }
      words[link] = words[own]
      words[link + 1] = words[link] === NONE ? 0 : words[link + 1] + words[own + 1] - 1
    }
    const next = words[node + LINKS]
    if (next !== NONE) words[next + BACK] = words[node + BACK]
    while (this.levels > 1 && words[LINKS + 2 * (this.levels - 1)] === NONE) this.levels--
  }

  private takeNode(member: string): number {
    const height = this.drawHeight()
    const freed = this.free[height]?.pop()
    if (freed !== undefined) {
      this.members[this.words[freed + SLOT]] = member
      return freed
    }
    const node = this.wordsUsed
    this.wordsUsed += LINKS + 2 * height
    if (this.wordsUsed > this.words.length) this.grow()
    this.words[node + SLOT] = this.members.length
    this.members.push(member)
    this.heights.push(height)
    return node
  }

  private grow(): void {
    const words = new Uint32Array(2 * this.words.length)
    words.set(this.words)
    this.words = words
    this.doubles = new Float64Array(words.buffer)
  }

  private drawHeight(): number {
    let { state } = this
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.state = state
    // Each leading pair of zero bits, with a probability of 1/4, adds a level.
    const zeros = Math.clz32(state & -state)
    return Math.min(MAX_LEVELS, 1 + ((31 - zeros) >> 1))
  }
}
