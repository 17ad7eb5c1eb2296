import { closeSync, opendirSync } from 'node:fs'
import { join } from 'node:path'
import { constants, inflateSync } from 'node:zlib'
import { openOwnFile, readAt, readOwnFile } from './submission.js'

// Formats: https://git-scm.com/docs/gitformat-pack and https://git-scm.com/docs/gitrepository-layout. Read are only as
// many bytes as a commit has, wherever in a file of any size they are.

interface GitObject {
  readonly kind: string
  readonly bytes: Buffer
}

const MAX_BYTES = 1 << 18
const MAX_PACKS = 200
/** How many deltas git puts on top of one another. */
const MAX_DELTAS = 50
const KINDS: readonly string[] = ['', 'commit', 'tree', 'blob', 'tag']
const OFFSET_DELTA = 6
const NAMED_DELTA = 7

/**
 * An object of at most 256 kB of a `.git` folder by its name; undefined where there is none. Throws on what is broken.
 */
export function readObject(repository: string, name: string, depth = 0): GitObject | undefined {
  const loose = readOwnFile(repository, `objects/${name.slice(0, 2)}/${name.slice(2)}`, MAX_BYTES)
  if (loose) return looseObject(inflated(loose))
  const packs = join(repository, 'objects', 'pack')
  const byName = (other: string, deeper: number) => readObject(repository, other, deeper)
  for (const index of indexes(packs)) {
    const offset = withFile(packs, index, (file) => offsetIn(file, Buffer.from(name, 'hex')))
    if (offset === undefined) continue
    return withFile(packs, index.replace(/idx$/, 'pack'), (file) =>
      packedObject({ file, nameLength: name.length / 2, byName }, offset, depth),
    )
  }
  return undefined
}

function inflated(bytes: Buffer): Buffer {
  // What comes behind the object, or is cut off there, is of no interest.
  return inflateSync(bytes, { maxOutputLength: MAX_BYTES, finishFlush: constants.Z_SYNC_FLUSH })
}

function looseObject(bytes: Buffer): GitObject {
  const end = bytes.indexOf(0)
  return { kind: bytes.toString('latin1', 0, bytes.indexOf(' ')), bytes: bytes.subarray(end + 1) }
}

function indexes(packs: string): string[] {
  const names: string[] = []
  const directory = opendirSync(packs)
  for (let i = 0; i < MAX_PACKS; i++) {
    const name = directory.readSync()?.name
    if (name === undefined) break
    if (name.endsWith('.idx')) names.push(name)
  }
  directory.closeSync()
  return names
}

function withFile<T>(folder: string, name: string, use: (file: number) => T): T | undefined {
  const file = openOwnFile(folder, name)
  if (file === undefined) return undefined
  try {
    return use(file)
  } finally {
    closeSync(file)
  }
}

/** Where a pack has an object, by its index of version 2: names in order, and how many begin with each byte or less. */
function offsetIn(file: number, name: Buffer): number | undefined {
  const head = readAt(file, 0, 8 + 256 * 4)
  if (head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2) return undefined
  const upTo = (byte: number) => (byte < 0 ? 0 : head.readUInt32BE(8 + byte * 4))
  const [from, to, count] = [upTo(name[0] - 1), upTo(name[0]), upTo(255)]
  const nameAt = (place: number) => readAt(file, head.length + place * name.length, name.length)
  let [first, last] = [from, to]
  while (first < last) {
    const middle = Math.floor((first + last) / 2)
    if (nameAt(middle).compare(name) < 0) first = middle + 1
    else last = middle
  }
  if (first >= to || !nameAt(first).equals(name)) return undefined
  const offsets = head.length + count * (name.length + 4)
  const offset = readAt(file, offsets + first * 4, 4).readUInt32BE()
  if (offset < 0x80000000) return offset
  return Number(readAt(file, offsets + count * 4 + (offset - 0x80000000) * 8, 8).readBigUInt64BE())
}

interface Pack {
  readonly file: number
  /** Length of an object's name in bytes. */
  readonly nameLength: number
  byName(name: string, depth: number): GitObject | undefined
}

/** An object at a place in a pack, put together where it is told as a change to another. */
function packedObject(pack: Pack, offset: number, depth: number): GitObject | undefined {
  if (depth > MAX_DELTAS) return undefined
  const bytes = readAt(pack.file, offset, MAX_BYTES)
  const kind = (bytes[0] >> 4) & 7
  // The length follows, seven bits a byte; inflating finds it too.
  let at = bytes.findIndex((byte) => byte < 0x80) + 1
  let base: GitObject | undefined
  if (kind === NAMED_DELTA) {
    base = pack.byName(bytes.toString('hex', at, at + pack.nameLength), depth + 1)
    at += pack.nameLength
  } else if (kind === OFFSET_DELTA) {
    let back = bytes[at] & 0x7f
    while (bytes[at++] & 0x80) back = (back + 1) * 128 + (bytes[at] & 0x7f)
    base = back > 0 ? packedObject(pack, offset - back, depth + 1) : undefined
  } else return { kind: KINDS[kind] ?? '', bytes: inflated(bytes.subarray(at)) }
  return base && { kind: base.kind, bytes: changed(base.bytes, inflated(bytes.subarray(at))) }
}

/** What a delta makes of an object: pieces of it, and bytes of its own. */
function changed(base: Buffer, delta: Buffer): Buffer {
  let at = 0
  const size = () => {
    let value = 0
    for (let shift = 0, more = true; more; shift += 7) {
      value += (delta[at] & 0x7f) * 2 ** shift
      more = (delta[at++] & 0x80) > 0
    }
    return value
  }
  const [, length] = [size(), size()]
  if (length > MAX_BYTES) throw new RangeError('too long')
  const result = Buffer.alloc(length)
  let done = 0
  while (at < delta.length) {
    const code = delta[at++]
    if (code === 0) throw new RangeError('no such instruction')
    if (code < 0x80) {
      done += delta.copy(result, done, at, at + code)
      at += code
      continue
    }
    // Each bit says whether a byte of a number follows: four of where the piece begins, three of its length.
    const [from, count] = [0, 4].map((first, i) => {
      let value = 0
      for (let bit = 0; bit < 4 - i; bit++) if ((code >> (first + bit)) & 1) value += delta[at++] * 256 ** bit
      return value
    })
    done += base.copy(result, done, from, from + (count || 0x10000))
  }
  return result
}
