import { scannedScore } from '../numbers.js'
import { Bytes } from '../values/bytes.js'
import { QuickList } from '../values/quick-list.js'
import type { SortedSet } from '../values/sorted-set.js'
import { Stream } from '../values/stream.js'
import { Hash, Members, type Value } from '../values/value.js'
import { crc64 } from './checksum.js'
import { packedIntegers } from './intset.js'
import { packed } from './listpack.js'
import { nodesOf } from './nodes.js'
import { writeStream } from './streams.js'
import { NODES, TYPES } from './types.js'
import { Writer } from './writer.js'

/** The version of the format: that of Redis 7.0. */
const VERSION = 10
/** Bytes of the version and the checksum. */
const FOOTER = 10

/** What decides how a value is written. */
interface DumpSettings {
  readonly listMaxListpackSize: number
}

/** A value as DUMP returns it: its type, its encoding as in Redis's files, their version and a CRC-64. O(its bytes). */
export function dumped(value: Value, settings: DumpSettings): Buffer {
  const writer = new Writer()
  write(writer, value, settings)
  writer.bytes(Buffer.of(VERSION, 0))
  const body = writer.done()
  return Buffer.concat([body, crc64(body)])
}

function write(writer: Writer, value: Value, { listMaxListpackSize }: DumpSettings): void {
  if (typeof value === 'string' || value instanceof Bytes) {
    writer.byte(TYPES.string)
    writer.string(typeof value === 'string' ? value : value.view())
  } else if (value instanceof QuickList) {
    writer.byte(TYPES.nodes)
    const nodes = nodesOf(value, listMaxListpackSize)
    writer.length(nodes.length)
    for (const { items } of nodes) {
      writer.length(NODES.packed)
      writer.string(packed(items))
    }
  } else if (value instanceof Members) {
    writer.byte(value.isIntegers ? TYPES.intset : TYPES.set)
    if (value.isIntegers) writer.string(packedIntegers(value.inOrder()))
    else strings(writer, value.size, value.list)
  } else if (value instanceof Hash) {
    writer.byte(value.isPacked ? TYPES.packedHash : TYPES.hash)
    if (value.isPacked) writer.string(packed(value.pairs()))
    else strings(writer, value.size, value.pairs())
  } else if (value instanceof Stream) {
    writer.byte(TYPES.stream)
    writeStream(writer, value)
  } else writeSortedSet(writer, value)
}

function writeSortedSet(writer: Writer, set: SortedSet): void {
  const items = set.items()
  if (set.isPacked) {
    writer.byte(TYPES.packedSortedSet)
    writer.string(packed([...items].flatMap(({ member, score }) => [member, scannedScore(score, true)])))
    return
  }
  writer.byte(TYPES.sortedSet)
  writer.length(set.size)
  for (const { member, score } of [...items].reverse()) {
    writer.string(member)
    writer.double(score)
  }
}

function strings(writer: Writer, size: number, items: Iterable<string>): void {
  writer.length(size)
  for (const item of items) writer.string(item)
}

/** Bytes of a value in a dump, without its type: what DEBUG OBJECT calls its serialized length. */
export const serializedLength = (value: Value, settings: DumpSettings) =>
  dumped(value, settings).length - 1 - FOOTER

/** Whether a dump ends with a version that is known and the right checksum. */
export function isWhole(dump: Buffer): boolean {
  if (dump.length < FOOTER) return false
  const end = dump.length - 8
  return dump.readUInt16LE(end - 2) <= VERSION && crc64(dump.subarray(0, end)).equals(dump.subarray(end))
}
