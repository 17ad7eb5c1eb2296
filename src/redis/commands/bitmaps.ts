import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount, parseInteger } from '../numbers.js'
import { notInteger, RedisError, type Reply, syntaxError } from '../reply.js'
import { Bytes, viewOf } from '../values/bytes.js'
import { Words } from '../words.js'
import {
  type Field,
  MAX_BITS,
  notOffset,
  type Overflow,
  parseField,
  readField,
  writeField,
} from './bitfields.js'
import rows from './bitmaps.json' with { type: 'json' }

const notBit = () => new RedisError('ERR bit is not an integer or out of range')

function parseOffset(text: string): number {
  const offset = parseCount(text, notOffset)
  if (offset < 0 || offset >= MAX_BITS) throw notOffset()
  return offset
}

function bytesAt({ db }: Client, key: string): Buffer {
  return viewOf(db.stringValue(key) ?? '')
}

const getbit: Run = (client, [, key, at]) => {
  const offset = parseOffset(at)
  const bytes = bytesAt(client, key)
  return offset >>> 3 < bytes.length ? bitAt(bytes, offset) : 0
}

const bitAt = (bytes: Buffer, offset: number) => (bytes[Math.floor(offset / 8)] >>> (7 - (offset % 8))) & 1

const setbit: Run = ({ db, server }, [, key, at, bit]) => {
  const offset = parseOffset(at)
  if (offset / 8 >= server.settings.protoMaxBulkLen) throw notOffset()
  if (bit !== '0' && bit !== '1') throw notBit()
  const bytes = db.bytes(key)
  const { length } = bytes
  bytes.extend(Math.floor(offset / 8) + 1)
  const view = bytes.view()
  const before = bitAt(view, offset)
  const isOther = String(before) !== bit
  if (isOther) bytes.writable()[Math.floor(offset / 8)] ^= 0x80 >>> (offset % 8)
  if (isOther || bytes.length > length) db.changed(key, 'setbit')
  return before
}

interface Range {
  /** In bits, the last one included. */
  readonly first: number
  readonly last: number
}

/** The bits that `start end [BYTE | BIT]` name; undefined where there are none. */
function rangeOf(start: number, end: number, isBits: boolean, bytes: number): Range | undefined {
  const length = isBits ? bytes * 8 : bytes
  const from = start < 0 ? Math.max(0, length + start) : start
  const to = Math.min(end < 0 ? Math.max(0, length + end) : end, length - 1)
  if (from > to) return undefined
  return isBits ? { first: from, last: to } : { first: from * 8, last: to * 8 + 7 }
}

/** Whether the unit of a range is a bit; a byte where none is given. */
function isBitUnit(unit = 'BYTE'): boolean {
  const name = unit.toUpperCase()
  if (name !== 'BIT' && name !== 'BYTE') throw syntaxError()
  return name === 'BIT'
}

const bitcount: Run = (client, argv) => {
  if (client.db.stringValue(argv[1]) === undefined) return 0
  if (argv.length === 2)
    return countBits(bytesAt(client, argv[1]), { first: 0, last: Number.POSITIVE_INFINITY })
  if (argv.length === 3 || argv.length > 5) throw syntaxError()
  const [start, end] = [parseCount(argv[2]), parseCount(argv[3])]
  if (start < 0 && end < 0 && start > end) return 0
  const isBits = isBitUnit(argv[4])
  const bytes = bytesAt(client, argv[1])
  const range = rangeOf(start, end, isBits, bytes.length)
  return range ? countBits(bytes, range) : 0
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

function countBits(bytes: Buffer, { first, last }: Range): number {
  const [from, to] = [Math.floor(first / 8), Math.min(bytes.length - 1, Math.floor(last / 8))]
  let count = 0
  for (let i = from; i <= to; i++) {
    let byte = bytes[i]
    if (i === from) byte &= 0xff >>> (first % 8)
    if (i * 8 + 7 > last) byte &= 0xff << (7 - (last % 8))
    count += ONES[byte]
  }
  return count
}

const bitpos: Run = (client, argv) => {
  const [, key, wanted] = argv
  const bit = parseCount(wanted)
  if (bit !== 0 && bit !== 1) throw new RedisError('ERR The bit argument must be 1 or 0.')
  if (client.db.stringValue(key) === undefined) return bit === 1 ? -1 : 0
  if (argv.length > 6) throw syntaxError()
  const start = argv.length > 3 ? parseCount(argv[3]) : 0
  const isBits = isBitUnit(argv[5])
  const hasEnd = argv.length > 4
  const end = hasEnd ? parseCount(argv[4]) : -1
  const bytes = bytesAt(client, key)
  const range = rangeOf(start, end, isBits, bytes.length)
  if (!range) return -1
  const found = findBit(bytes, bit, range)
  // Without an end in the command, the string is followed by zeros.
  return found < 0 && bit === 0 && !hasEnd ? bytes.length * 8 : found
}

function findBit(bytes: Buffer, bit: number, { first, last }: Range): number {
  const skipped = bit === 1 ? 0 : 0xff
  for (let offset = first; offset <= last; ) {
    if (offset % 8 === 0 && bytes[offset / 8] === skipped) offset += 8
    else if (bitAt(bytes, offset) === bit) return offset
    else offset++
  }
  return -1
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
}

const bitop: Run = (client, [, operation, target, ...keys]) => {
  const name = operation.toUpperCase()
  const combine = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (!combine && name !== 'NOT') throw syntaxError()
  if (name === 'NOT' && keys.length !== 1)
    throw new RedisError('ERR BITOP NOT must be called with a single source key.')
  const sources = keys.map((key) => bytesAt(client, key))
  const length = Math.max(...sources.map((source) => source.length))
  if (length === 0) {
    client.db.delete(target, 'del')
    return 0
  }
  const result = Buffer.alloc(length)
  sources[0].copy(result)
  if (!combine) for (let i = 0; i < length; i++) result[i] = ~result[i]
  for (const source of sources.slice(1)) {
    for (let i = 0; i < length; i++) result[i] = combine!(result[i], i < source.length ? source[i] : 0)
  }
  client.db.put(target, new Bytes(result), undefined, 'set')
  return length
}

type FieldStep = { readonly field: Field } & (
  | { readonly kind: 'get' }
  | { readonly kind: 'set' | 'incrby'; readonly value: bigint; readonly overflow: Overflow }
)

function fieldSteps(argv: readonly string[]): FieldStep[] {
  const words = new Words(argv, 2)
  const steps: FieldStep[] = []
  let overflow: Overflow = 'WRAP'
  while (words.more) {
    const option = words.option()
    if (option === 'OVERFLOW' && words.more) {
      const kind = words.option()
      if (kind !== 'WRAP' && kind !== 'SAT' && kind !== 'FAIL')
        throw new RedisError('ERR Invalid OVERFLOW type specified')
      overflow = kind
    } else if (option === 'GET' && words.left >= 2) {
      steps.push({ kind: 'get', field: parseField(words.next(), words.next()) })
    } else if ((option === 'SET' || option === 'INCRBY') && words.left >= 3) {
      const field = parseField(words.next(), words.next())
      const kind = option === 'SET' ? 'set' : 'incrby'
      steps.push({ kind, field, value: parseInteger(words.next(), notInteger), overflow })
    } else throw syntaxError()
  }
  return steps
}

const bitfield: Run = (client, argv) => {
  const { db } = client
  const key = argv[1]
  const steps = fieldSteps(argv)
  const writes = steps.filter(({ kind }) => kind !== 'get')
  if (writes.length === 0) return readFields(client, key, steps)
  const bytes = db.bytes(key)
  const { length } = bytes
  bytes.extend(Math.max(...writes.map(({ field }) => Math.floor((field.offset + field.bits - 1) / 8) + 1)))
  const replies: Reply[] = []
  let isChanged = false
  for (const step of steps) {
    const view = bytes.writable()
    const before = readField(view, step.field)
    if (step.kind === 'get') replies.push(before)
    else {
      const reply = writeField(view, step.field, step.kind, step.value, step.overflow)
      replies.push(reply)
      isChanged ||= reply !== null && (bytes.length > length || readField(view, step.field) !== before)
    }
  }
  if (isChanged) db.changed(key, 'setbit')
  // Where no write fitted, zeros that made room for them aren't a change.
  else if (bytes.length > length) db.recode(key, bytes)
  return replies
}

function readFields(client: Client, key: string, steps: readonly FieldStep[]): Reply {
  const bytes = bytesAt(client, key)
  return steps.map(({ field }) => readField(bytes, field))
}

const bitfieldReadOnly: Run = (client, argv) => {
  const steps = fieldSteps(argv)
  if (steps.some(({ kind }) => kind !== 'get'))
    throw new RedisError('ERR BITFIELD_RO only supports the GET subcommand')
  return readFields(client, argv[1], steps)
}

export const bitmaps = family('bitmap', rows, {
  getbit,
  setbit,
  bitcount,
  bitpos,
  bitop,
  bitfield,
  bitfield_ro: bitfieldReadOnly,
})
