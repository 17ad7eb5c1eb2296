import { EMPTY_LISTPACK, packedSize } from '../dump/listpack.js'
import { work } from './work.js'

/** An entry's ID: its milliseconds and, in the lower 64 bits, its sequence number. */
export type StreamId = bigint

const BITS = 64n
export const MAX_SEQUENCE = 2n ** BITS - 1n
export const MAX_ID: StreamId = 2n ** (2n * BITS) - 1n

export const idOf = (ms: bigint, sequence: bigint): StreamId => (ms << BITS) | sequence
export const msOf = (id: StreamId): bigint => id >> BITS
export const sequenceOf = (id: StreamId): bigint => id & MAX_SEQUENCE
export const formatId = (id: StreamId, separator = '-') => `${msOf(id)}${separator}${sequenceOf(id)}`

/** Fields, each with its value behind it. */
export interface StreamEntry {
  readonly id: StreamId
  readonly fields: readonly string[]
}

interface StoredEntry extends StreamEntry {
  isDeleted: boolean
}

/** Entries that Redis keeps in one listpack, the deleted ones included. */
export interface StreamNode {
  readonly entries: StoredEntry[]
  /** The number of entries that aren't deleted. */
  live: number
  /** Bytes of the listpack, without its two counters. */
  bytes: number
}

/** Limits of a node; 0 stands for none. */
export interface NodeLimits {
  readonly streamNodeMaxEntries: number
  readonly streamNodeMaxBytes: number
}

/** How much XTRIM removes: all but so many entries, or those before an ID. */
export interface Trimming {
  readonly maxLength?: number
  readonly minId?: StreamId
  /** Whether only whole nodes are removed. */
  readonly isApproximate: boolean
  /** Entries that are removed at most; 0 for no limit. */
  readonly limit: number
}

/** Bytes of a listpack at most, and of the words of an entry. */
const MAX_NODE_BYTES = 1 << 30

const firstIdOf = ({ entries }: StreamNode) => entries[0].id
/** The last ID that the node ever had. */
const lastIdOf = ({ entries }: StreamNode) => entries[entries.length - 1].id

const sizeOfInteger = (value: number | bigint) => packedSize(String(value))
const totalLength = (words: readonly string[]) => words.reduce((sum, { length }) => sum + length, 0)

/** The place of the first item that passes a test; those behind it pass, too. O(log items). */
function firstPlace<T>(items: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    work.steps++
    const middle = (low + high) >>> 1
    if (test(items[middle])) high = middle
    else low = middle + 1
  }
  return low
}

/** Whether fields have the same names as those of a node's first entry. */
export function hasFieldsOf(master: readonly string[], fields: readonly string[]): boolean {
  if (master.length !== fields.length) return false
  for (let i = 0; i < fields.length; i += 2) if (master[i] !== fields[i]) return false
  return true
}

/** Bytes that an entry adds to its node's listpack: without the names of its fields if they are those of the first one. */
function sizeOfEntry(first: StreamEntry, { id, fields }: StreamEntry): number {
  const isSame = hasFieldsOf(first.fields, fields)
  const count = fields.length / 2
  let size =
    packedSize('0') +
    sizeOfInteger(BigInt.asIntN(64, msOf(id) - msOf(first.id))) +
    sizeOfInteger(BigInt.asIntN(64, sequenceOf(id) - sequenceOf(first.id)))
  for (let i = isSame ? 1 : 0; i < fields.length; i += isSame ? 2 : 1) size += packedSize(fields[i])
  if (!isSame) size += sizeOfInteger(count)
  return size + sizeOfInteger(isSame ? count + 3 : 2 * count + 4)
}

/** Bytes of a node's listpack before its first entry, which gives it the names of fields. */
function sizeOfMaster({ fields }: StreamEntry): number {
  let size = EMPTY_LISTPACK + sizeOfInteger(fields.length / 2) + packedSize('0')
  for (let i = 0; i < fields.length; i += 2) size += packedSize(fields[i])
  return size
}

/**
 * A log of entries in the order of their IDs, in nodes as Redis's: a deleted entry stays in its node until the whole node
 * goes. An entry is found by two binary searches; appending and removing a node from the front are O(1).
 */
export class Stream {
  nodes: StreamNode[] = []
  length = 0
  /** Bytes of all nodes. */
  bytes = 0
  lastId: StreamId = 0n
  maxDeletedId: StreamId = 0n
  /** How many were added in all, the removed ones included: 64 bits. */
  entriesAdded = 0n

  copy(): Stream {
    const copy = Object.assign(new Stream(), this)
    copy.nodes = this.nodes.map((node) => ({ ...node, entries: node.entries.map((entry) => ({ ...entry })) }))
    return copy
  }

  /** Appends an entry, whose ID must be greater than the last one; false if it is too large. */
  append(id: StreamId, fields: readonly string[], limits: NodeLimits): boolean {
    work.steps++
    const added = totalLength(fields)
    if (added > MAX_NODE_BYTES) return false
    const entry = { id, fields, isDeleted: false }
    let node = this.nodes[this.nodes.length - 1]
    if (node === undefined || isFull(node, added, limits)) {
      node = { entries: [], live: 0, bytes: sizeOfMaster(entry) }
      this.nodes.push(node)
      this.bytes += node.bytes
    }
    node.entries.push(entry)
    node.live++
    const size = sizeOfEntry(node.entries[0], entry)
    node.bytes += size
    this.bytes += size
    this.length++
    this.entriesAdded = BigInt.asUintN(64, this.entriesAdded + 1n)
    this.lastId = id
    return true
  }

  /** Removes an entry; false where there is none. */
  delete(id: StreamId): boolean {
    const place = firstPlace(this.nodes, (node) => lastIdOf(node) >= id)
    const node = this.nodes[place]
    const entry = node?.entries[firstPlace(node.entries, (one) => one.id >= id)]
    if (entry?.id !== id || entry.isDeleted) return false
    this.mark(node, entry)
    if (node.live === 0) this.removeNodes(place, 1)
    if (id > this.maxDeletedId) this.maxDeletedId = id
    return true
  }

  /** Removes entries from the front; returns how many. */
  trim({ maxLength, minId = 0n, isApproximate, limit }: Trimming): number {
    const before = this.length
    let place = 0
    for (; place < this.nodes.length; place++) {
      const node = this.nodes[place]
      if (maxLength !== undefined && this.length <= maxLength) break
      if (limit > 0 && before - this.length + node.live > limit) break
      const goes = maxLength === undefined ? lastIdOf(node) < minId : this.length - node.live >= maxLength
      if (!goes) {
        if (!isApproximate) this.trimNode(node, maxLength, minId)
        break
      }
      this.length -= node.live
      node.live = 0
    }
    this.removeNodes(0, place)
    return before - this.length
  }

  private trimNode(node: StreamNode, maxLength: number | undefined, minId: StreamId): void {
    for (const entry of node.entries) {
      if (maxLength === undefined ? entry.id >= minId : this.length <= maxLength) return
      if (!entry.isDeleted) this.mark(node, entry)
    }
  }

  private mark(node: StreamNode, entry: StoredEntry): void {
    work.steps++
    entry.isDeleted = true
    node.live--
    this.length--
  }

  private removeNodes(place: number, count: number): void {
    for (const { bytes } of this.nodes.splice(place, count)) this.bytes -= bytes
  }

  /** Up to `count` entries from one ID to another, both included, or backwards. */
  range(
    first: StreamId,
    last: StreamId,
    count = Number.POSITIVE_INFINITY,
    isBackwards = false,
  ): StreamEntry[] {
    const found: StreamEntry[] = []
    const step = isBackwards ? -1 : 1
    const isBehind = (id: StreamId) => (isBackwards ? id < first : id > last)
    let place = isBackwards
      ? firstPlace(this.nodes, (node) => firstIdOf(node) > last) - 1
      : firstPlace(this.nodes, (node) => lastIdOf(node) >= first)
    for (; place >= 0 && place < this.nodes.length; place += step) {
      const { entries } = this.nodes[place]
      let at = isBackwards
        ? firstPlace(entries, ({ id }) => id > last) - 1
        : firstPlace(entries, ({ id }) => id >= first)
      for (; at >= 0 && at < entries.length; at += step) {
        work.steps++
        if (found.length >= count || isBehind(entries[at].id)) return found
        if (!entries[at].isDeleted) found.push(entries[at])
      }
    }
    return found
  }

  all(): StreamEntry[] {
    return this.range(0n, MAX_ID)
  }

  get firstId(): StreamId {
    return this.range(0n, MAX_ID, 1)[0]?.id ?? 0n
  }

  /** The number of nodes of the radix tree in which Redis finds the listpacks by their first IDs. */
  get treeNodes(): number {
    return treeNodesOf(
      this.nodes.map((node) => firstIdOf(node).toString(16).padStart(ID_DIGITS, '0')),
      0,
    )
  }
}

/** Hexadecimal digits of an ID, two for each byte of its key in the tree. */
const ID_DIGITS = 32

/** A chain of bytes is one node, and so is a branching and a leaf. */
function treeNodesOf(keys: readonly string[], from: number): number {
  if (keys.length === 0) return 1
  const [first, last] = [keys[0], keys[keys.length - 1]]
  let at = from
  while (at < ID_DIGITS && first.slice(at, at + 2) === last.slice(at, at + 2)) at += 2
  const chain = Number(at > from)
  if (at === ID_DIGITS) return chain + 1
  let count = chain + 1
  for (let start = 0; start < keys.length; ) {
    const byte = keys[start].slice(at, at + 2)
    let end = start + 1
    while (end < keys.length && keys[end].slice(at, at + 2) === byte) end++
    count += treeNodesOf(keys.slice(start, end), at + 2)
    start = end
  }
  return count
}

function isFull({ entries, bytes, live }: StreamNode, added: number, limits: NodeLimits): boolean {
  const { streamNodeMaxEntries, streamNodeMaxBytes } = limits
  const counters = sizeOfInteger(live) + sizeOfInteger(entries.length - live)
  const most = streamNodeMaxBytes === 0 ? MAX_NODE_BYTES : Math.min(streamNodeMaxBytes, MAX_NODE_BYTES)
  if (bytes + counters + added >= most) return true
  return streamNodeMaxEntries > 0 && entries.length >= streamNodeMaxEntries
}
