import { createHash } from 'node:crypto'
import type { Database } from './database.js'
import { formatDouble } from './numbers.js'
import { Bytes } from './values/bytes.js'
import { QuickList } from './values/quick-list.js'
import { SortedSet } from './values/sorted-set.js'
import { formatId, Stream } from './values/stream.js'
import { Hash, type Value } from './values/value.js'

const LENGTH = 20
/** Redis's numbers of the types. */
const [STRING, LIST, SET, SORTED_SET, HASH, STREAM] = [0, 1, 2, 3, 4, 6]

const sha1 = (data: string | Buffer) =>
  createHash('sha1')
    .update(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
    .digest()

/** SHA-1 hashes that are combined so that items without an order have none in the result either, as Redis's debug.c does. */
class Digest {
  readonly bytes = Buffer.alloc(LENGTH)

  /** Adds something whose place doesn't count. */
  add(data: string | Buffer): this {
    const hash = sha1(data)
    for (let i = 0; i < LENGTH; i++) this.bytes[i] ^= hash[i]
    return this
  }

  /** Adds something whose place counts. */
  follow(data: string | Buffer): this {
    sha1(this.add(data).bytes).copy(this.bytes)
    return this
  }

  addPair(name: string, value: string): void {
    this.add(new Digest().follow(name).follow(value).bytes)
  }

  addValue(value: Value, isVolatile: boolean): this {
    if (value instanceof Hash) {
      this.follow(numbered(HASH))
      for (const [i, name] of value.names.entries()) this.addPair(name, value.values[i])
    } else if (value instanceof SortedSet) {
      this.follow(numbered(SORTED_SET))
      for (const { member, score } of value.items()) this.addPair(member, formatDouble(score))
    } else if (value instanceof QuickList) {
      this.follow(numbered(LIST))
      for (const item of value.items()) this.follow(item)
    } else if (value instanceof Stream) {
      this.follow(numbered(STREAM))
      for (const { id, fields } of value.all())
        for (const word of [formatId(id, '.'), ...fields]) this.follow(word)
    } else if (typeof value === 'string' || value instanceof Bytes)
      this.follow(numbered(STRING)).follow(typeof value === 'string' ? value : value.view())
    else {
      this.follow(numbered(SET))
      for (const member of value.list) this.add(member)
    }
    return isVolatile ? this.add('!!expire!!') : this
  }

  toString(): string {
    return this.bytes.toString('hex')
  }
}

function numbered(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** DEBUG DIGEST: equal for equal keys, values and presence of times to live, whatever their encoding and order. */
export function digestOf(databases: readonly Database[]): string {
  const digest = new Digest()
  for (const { index, list } of databases) {
    if (list.length > 0) digest.follow(numbered(index))
    for (const { key, value, isVolatile } of list)
      digest.add(new Digest().follow(key).addValue(value, isVolatile).bytes)
  }
  return digest.toString()
}

/** DEBUG DIGEST-VALUE: of one key's value; zeros without one. */
export function digestOfKey(db: Database, key: string): string {
  const entry = db.find(key)
  const digest = new Digest()
  return (entry ? digest.addValue(entry.value, entry.isVolatile) : digest).toString()
}
