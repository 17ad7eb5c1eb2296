import { work } from './work.js'

export interface Scored {
  readonly member: string
  readonly score: number
}

const MOST_LEVELS = 32
/** What Redis keeps in one piece of memory: so many members, none longer than so many bytes. */
const MOST_PACKED = 128
const LONGEST_PACKED = 64
const HEAD = 0
const NONE = 0

/** Where members begin that are wanted: true for the first of them and for all behind it. */
export type From = (score: number, member: string) => boolean

/**
 * Members ordered by score, then by bytes: a skip list whose links know how many nodes they go over, so that ranks and
 * ranges are found in O(log N) expected, beside a map from members to nodes. Nodes are numbers and what they have lies
 * in typed arrays; a quarter of the nodes of each level are in the next one too, so that a node has 4/3 links.
 *
 * Pugh, "Skip Lists: A Probabilistic Alternative to Balanced Trees", CACM 33(6), 1990; ranks as its section "Linear
 * list operations" has them.
 */
export class SortedSet {
  private readonly nodeOf = new Map<string, number>()
  /** By node; 0 is the head, which stands before all. */
  private readonly members: string[] = ['']
  private scores = new Float64Array(8)
  private backs = new Uint32Array(8)
  private heights = new Uint8Array(8)
  /** Where a node's links begin: one for each level that it is in. */
  private places = new Uint32Array(8)
  private links = new Uint32Array(64)
  /** How many nodes each link goes over, the one at its end included. */
  private spans = new Uint32Array(64)
  private linksUsed = MOST_LEVELS
  private levels = 1
  /** Nodes to use again, by height. */
  private readonly free: number[][] = []
  private readonly before = new Uint32Array(MOST_LEVELS)
  private readonly ranks = new Uint32Array(MOST_LEVELS)
  /** A generator of its own (xorshift), so that the same commands build the same list. */
  private state = 2463534242
  /** Of all members. */
  bytes = 0
  /** The most members that it had at once, and the length of the longest. */
  private most = 0
  private longest = 0

  /** Small enough for a listpack, since it was made. */
  get isPacked(): boolean {
    return this.most <= MOST_PACKED && this.longest <= LONGEST_PACKED
  }

  /** Lets it be no listpack any more: what SORT does. */
  unpack(): void {
    this.most = Math.max(this.most, MOST_PACKED + 1)
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
    return node === undefined ? undefined : this.scores[node]
  }

  /** Sets a member's score; true if it is new. In a listpack there is no -0. */
  set(member: string, given: number): boolean {
    const score = given === 0 && this.isPacked ? 0 : given
    const node = this.nodeOf.get(member)
    if (node !== undefined) {
      if (!Object.is(this.scores[node], score)) this.moveTo(node, score)
      return false
    }
    const fresh = this.takeNode(this.drawHeight())
    this.members[fresh] = member
    this.scores[fresh] = score
    this.nodeOf.set(member, fresh)
    this.bytes += member.length
    if (this.size > this.most) this.most = this.size
    if (member.length > this.longest) this.longest = member.length
    this.link(fresh)
    return true
  }

  delete(member: string): boolean {
    const node = this.nodeOf.get(member)
    if (node === undefined) return false
    this.unlink(node)
    this.nodeOf.delete(member)
    this.members[node] = ''
    this.bytes -= member.length
    const height = this.heights[node]
    this.free[height] ??= []
    this.free[height].push(node)
    return true
  }

  /** How many members stand before one; undefined if it isn't there. */
  rank(member: string): number | undefined {
    const node = this.nodeOf.get(member)
    if (node === undefined) return undefined
    this.seek(this.scores[node], member)
    return this.ranks[0]
  }

  /** How many members stand before the first for which a test holds. */
  countBefore(from: From): number {
    const { links, spans, places, scores, members } = this
    let node = HEAD
    let count = 0
    for (let level = this.levels - 1; level >= 0; level--) {
      for (;;) {
        const link = places[node] + level
        const next = links[link]
        work.steps++
        if (next === NONE || from(scores[next], members[next])) break
        count += spans[link]
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
      items.push({ member: this.members[node], score: this.scores[node] })
      work.steps++
      node = backwards ? this.backs[node] : this.links[this.places[node]]
    }
    return items
  }

  /** All of them, in order. */
  items(): Scored[] {
    return this.range(0, this.size)
  }

  /** Members whose nodes' numbers lie between two, which stay the same as long as they are there: for scans. */
  slots(from: number, to: number): Scored[] {
    const items: Scored[] = []
    for (let node = Math.max(1, from); node < to; node++) {
      const member = this.members[node]
      if (this.nodeOf.get(member) === node) items.push({ member, score: this.scores[node] })
    }
    return items
  }

  get slotCount(): number {
    return this.members.length
  }

  private nodeAt(index: number): number {
    const { links, spans, places } = this
    let node = HEAD
    let left = index + 1
    for (let level = this.levels - 1; level >= 0 && left > 0; level--) {
      for (;;) {
        const link = places[node] + level
        work.steps++
        if (links[link] === NONE || spans[link] > left) break
        left -= spans[link]
        node = links[link]
      }
    }
    return node
  }

  /** Gives a node another score, and its place only if it changes. */
  private moveTo(node: number, score: number): void {
    const member = this.members[node]
    const next = this.links[this.places[node]]
    const back = this.backs[node]
    const staysBehind = back === NONE || this.isBefore(back, score, member)
    if (staysBehind && (next === NONE || !this.isBefore(next, score, member))) {
      this.scores[node] = score
      return
    }
    this.unlink(node)
    this.scores[node] = score
    this.link(node)
  }

  private isBefore(node: number, score: number, member: string): boolean {
    const own = this.scores[node]
    return own < score || (own === score && this.members[node] < member)
  }

  /** Finds, on each level, the last node before a score and member, and how many nodes it is from the head. */
  private seek(score: number, member: string): void {
    const { links, spans, places, scores, before, ranks } = this
    let node = HEAD
    let rank = 0
    let steps = 0
    for (let level = this.levels - 1; level >= 0; level--) {
      for (;;) {
        const link = places[node] + level
        const next = links[link]
        steps++
        if (next === NONE) break
        const other = scores[next]
        if (other > score || (other === score && this.members[next] >= member)) break
        rank += spans[link]
        node = next
      }
      before[level] = node
      ranks[level] = rank
    }
    work.steps += steps
  }

  private link(node: number): void {
    const height = this.heights[node]
    this.seek(this.scores[node], this.members[node])
    for (; this.levels < height; this.levels++) this.before[this.levels] = this.ranks[this.levels] = HEAD
    const { links, spans, places, before, ranks } = this
    const own = places[node]
    for (let level = 0; level < this.levels; level++) {
      const link = places[before[level]] + level
      if (level >= height) {
        if (links[link] !== NONE) spans[link]++
        continue
      }
      const over = ranks[0] - ranks[level]
      links[own + level] = links[link]
      spans[own + level] = links[link] === NONE ? 0 : spans[link] - over
      links[link] = node
      spans[link] = over + 1
    }
    this.backs[node] = before[0]
    const next = links[own]
    if (next !== NONE) this.backs[next] = node
  }

  private unlink(node: number): void {
    this.seek(this.scores[node], this.members[node])
    const { links, spans, places, before } = this
    const own = places[node]
    for (let level = 0; level < this.levels; level++) {
      const link = places[before[level]] + level
      if (links[link] !== node) {
        if (links[link] !== NONE) spans[link]--
        continue
      }
      links[link] = links[own + level]
      spans[link] = links[link] === NONE ? 0 : spans[link] + spans[own + level] - 1
    }
    const next = links[own]
    if (next !== NONE) this.backs[next] = this.backs[node]
    while (this.levels > 1 && links[places[HEAD] + this.levels - 1] === NONE) this.levels--
  }

  private takeNode(height: number): number {
    const freed = this.free[height]?.pop()
    if (freed !== undefined) return freed
    const node = this.members.length
    this.members.push('')
    if (node >= this.scores.length) this.growNodes()
    if (this.linksUsed + height > this.links.length) this.growLinks()
    this.heights[node] = height
    this.places[node] = this.linksUsed
    this.linksUsed += height
    return node
  }

  private growNodes(): void {
    const capacity = this.scores.length * 2
    this.scores = enlarged(this.scores, new Float64Array(capacity))
    this.backs = enlarged(this.backs, new Uint32Array(capacity))
    this.heights = enlarged(this.heights, new Uint8Array(capacity))
    this.places = enlarged(this.places, new Uint32Array(capacity))
  }

  private growLinks(): void {
    const capacity = this.links.length * 2
    this.links = enlarged(this.links, new Uint32Array(capacity))
    this.spans = enlarged(this.spans, new Uint32Array(capacity))
  }

  private drawHeight(): number {
    let { state } = this
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.state = state
    // Each pair of bits that is zero, which one in four is, is a level more.
    const zeros = Math.clz32(state & -state)
    return Math.min(MOST_LEVELS, 1 + ((31 - zeros) >> 1))
  }
}

function enlarged<T extends Uint32Array | Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from as never)
  return to
}
