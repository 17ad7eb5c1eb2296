import { InputError } from '../input-error.js'
import { LineKeys } from '../keys/index.js'
import { DIRECT, type KeyIndex } from './key-index.js'

/** How a trace is written. */
export const traceFormats = ['text', 'csv', 'tsv', 'oracleGeneral'] as const
export type TraceFormat = (typeof traceFormats)[number]

/** Turns bytes into requests: the numbers of their keys, a batch at a time. */
export type Parser = (
  input: AsyncIterable<Uint8Array>,
  index: KeyIndex,
  label: string,
) => AsyncGenerator<Uint32Array>

/** One key a line. */
export const parseText: Parser = async function* (input, index, label) {
  for await (const { bytes, starts, ends, count } of new LineKeys(label, input).lines()) {
    const batch = new Uint32Array(count)
    for (let i = 0; i < count; i++) batch[i] = index.number(bytes, starts[i], ends[i])
    yield batch
  }
}

const QUOTE = 34

/** A table with a separator; the key is in the column of a name, which is in the first line, or of a number from 1. */
export function parseTable(separator: ',' | '\t', wanted: string | undefined): Parser {
  const code = separator.charCodeAt(0)
  return async function* (input, index, label) {
    let column = -1
    let line = 0
    for await (const { bytes, starts, ends, count } of new LineKeys(label, input).lines()) {
      if (count === 0) continue
      let first = 0
      if (column < 0) {
        const names = fields(bytes.subarray(starts[0], ends[0]), code)
        column = columnOf(names, wanted, label)
        // A column found by its name means that this line holds the names.
        if (names[column] === wanted) first = 1
        line += first
      }
      const batch = new Uint32Array(count - first)
      for (let i = first; i < count; i++) {
        line++
        batch[i - first] = keyIn(bytes, starts[i], ends[i], code, column, index, label, line)
      }
      yield batch
    }
  }
}

function columnOf(names: readonly string[], wanted: string | undefined, label: string): number {
  const byName = wanted === undefined ? -1 : names.indexOf(wanted)
  if (byName >= 0) return byName
  const byNumber = wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1
  if (byNumber >= 0 && byNumber < names.length) return byNumber
  const problem =
    wanted === undefined ? 'say with --key-column which one is the key' : `there is no column "${wanted}"`
  throw new InputError(
    `${label}: ${problem}; the columns are ${names.map((name, i) => `${i + 1} "${name}"`).join(', ')}`,
  )
}

/** The fields of a line, quotes undone. */
function fields(line: Uint8Array, separator: number): string[] {
  const text = new TextDecoder().decode(line)
  const sign = String.fromCharCode(separator)
  const found: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"' && quoted && text[i + 1] === '"') {
      field += '"'
      i++
    } else if (text[i] === '"') {
      quoted = !quoted
    } else if (text[i] === sign && !quoted) {
      found.push(field)
      field = ''
    } else {
      field += text[i]
    }
  }
  found.push(field)
  return found
}

function keyIn(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  column: number,
  index: KeyIndex,
  label: string,
  line: number,
): number {
  let from = start
  let passed = 0
  for (let i = start; i <= end; i++) {
    if (i < end && bytes[i] === QUOTE)
      return quotedKey(bytes.subarray(start, end), separator, column, index, label, line)
    if (i < end && bytes[i] !== separator) continue
    if (passed === column) return index.number(bytes, from, i)
    passed++
    from = i + 1
  }
  throw tooFew(label, line, passed, column)
}

function quotedKey(
  line: Uint8Array,
  separator: number,
  column: number,
  index: KeyIndex,
  label: string,
  at: number,
): number {
  const found = fields(line, separator)
  if (column >= found.length) throw tooFew(label, at, found.length, column)
  const key = new TextEncoder().encode(found[column])
  return index.number(key, 0, key.length)
}

function tooFew(label: string, line: number, found: number, column: number): InputError {
  return new InputError(`${label}, line ${line}: ${found} columns, the key is in column ${column + 1}`)
}

const RECORD = 24
const ID = { start: 4, end: 12 }
/** How many records are checked, so that other data isn't taken for a trace. */
const CHECKED = 100

/**
 * libCacheSim's oracleGeneral: records of 24 bytes, little-endian: uint32 time, uint64 object, uint32 size, int64
 * number of the object's next request, or a negative or the largest number for none.
 */
export const parseOracleGeneral: Parser = async function* (input, index, label) {
  let carry: Uint8Array = new Uint8Array(0)
  let record = 0
  let time = 0
  for await (const chunk of input) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const count = Math.floor(bytes.length / RECORD)
    const batch = new Uint32Array(count)
    for (let i = 0; i < count; i++) {
      const at = i * RECORD
      if (record < CHECKED) {
        const next = view.getBigInt64(at + 16, true)
        const isNext = next < 0n || next > BigInt(record)
        if (view.getUint32(at, true) < time || !isNext) {
          throw new InputError(
            `${label}, record ${record + 1}: not oracleGeneral, its times or next requests go backwards`,
          )
        }
        time = view.getUint32(at, true)
      }
      record++
      const id = view.getUint32(at + ID.start, true)
      const isSmall = id < DIRECT && view.getUint32(at + ID.start + 4, true) === 0
      batch[i] = isSmall ? index.numberOf(id) : index.number(bytes, at + ID.start, at + ID.end)
    }
    if (count > 0) yield batch
    carry = bytes.slice(count * RECORD)
  }
  if (carry.length > 0)
    throw new InputError(`${label}, record ${record + 1}: cut short, ${carry.length} of ${RECORD} bytes`)
}
