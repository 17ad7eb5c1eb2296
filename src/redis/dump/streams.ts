import { hasFieldsOf, msOf, type Stream, type StreamNode, sequenceOf } from '../values/stream.js'
import { packed } from './listpack.js'
import type { Writer } from './writer.js'

const SAME_FIELDS = 2
const DELETED = 1

/** A stream as Redis's files have it: its listpacks by their first IDs, its counters, and no group. */
export function writeStream(writer: Writer, stream: Stream): void {
  writer.length(stream.nodes.length)
  for (const node of stream.nodes) {
    const key = Buffer.alloc(16)
    key.writeBigUInt64BE(msOf(node.entries[0].id))
    key.writeBigUInt64BE(sequenceOf(node.entries[0].id), 8)
    writer.string(key)
    writer.string(packed(itemsOf(node)))
  }
  writer.length(stream.length)
  for (const id of [stream.lastId, stream.firstId, stream.maxDeletedId]) {
    writer.length(msOf(id))
    writer.length(sequenceOf(id))
  }
  writer.length(stream.entriesAdded)
  writer.length(0)
}

/** A listpack: counters and the names of fields, then entries, with names only where they are others. */
function itemsOf({ entries, live }: StreamNode): string[] {
  const [first] = entries
  const names = first.fields.filter((_, i) => i % 2 === 0)
  const items: (string | number | bigint)[] = [live, entries.length - live, names.length, ...names, 0]
  for (const { id, fields, isDeleted } of entries) {
    const isSame = hasFieldsOf(first.fields, fields)
    const words = isSame ? fields.filter((_, i) => i % 2 === 1) : [fields.length / 2, ...fields]
    items.push((isSame ? SAME_FIELDS : 0) + (isDeleted ? DELETED : 0))
    items.push(BigInt.asIntN(64, msOf(id) - msOf(first.id)))
    items.push(BigInt.asIntN(64, sequenceOf(id) - sequenceOf(first.id)))
    items.push(...words, words.length + 3)
  }
  return items.map(String)
}
