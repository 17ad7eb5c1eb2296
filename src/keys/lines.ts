import { isUtf8 } from 'node:buffer'
import type { ByteHash } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { type KeySource, MAX_KEYS } from './key-source.js'
import { RepeatedKeys } from './repeated.js'

const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const TAB = 9
const MAX_LINE = 1 << 20
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Keys as they stand in a piece of text: key `i` is `bytes[starts[i] … ends[i])`. */
interface Lines {
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  count: number
}

/**
 * Keys from lines of text, one a line, as they arrive. Blank lines are skipped and counted; a carriage
 * return at a line's end and a byte order mark at the beginning are not part of a key. In batches a key that occurs
 * several times stands once, and how often it does is counted.
 *
 * Memory is one chunk of the input, however long it is, and for batches 16 to 32 bytes a different key, at most 400 MB. Throws InputError, naming the line, at bytes that
 * are not UTF-8 and at a line over 1 MiB.
 *
 * @example
 * import { hashFunctions, LineKeys } from 'cachelab/placement'
 * async function* input() {
 *   yield new TextEncoder().encode('user:1\nuser:2\n\nuser:1\n')
 * }
 * const source = new LineKeys('keys.txt', input())
 * for await (const [hashes] of source.batches([hashFunctions.crc32.hash])) {
 *   hashes // Uint32Array(2) [ 2074460802, 3802960696 ]
 * }
 * source.blankLines // 1
 */
export class LineKeys implements KeySource {
  readonly count = null
  blankLines = 0
  readonly repeated = new RepeatedKeys()
  private lineNumber = 0

  /** `label` is what reports and errors call the input. */
  constructor(
    readonly label: string,
    private readonly input: AsyncIterable<Uint8Array>,
  ) {}

  async *batches(hashes: readonly ByteHash[]): AsyncGenerator<Uint32Array[]> {
    let buffers = hashes.map(() => new Uint32Array(0))
    let keys = 0
    for await (const lines of this.lines()) {
      this.dropRepeated(lines)
      keys += lines.count
      if (keys > MAX_KEYS)
        throw new InputError(`${this.label} holds more than ${MAX_KEYS} keys, the most that fit`)
      if (buffers[0].length < lines.count) buffers = hashes.map(() => new Uint32Array(lines.count))
      for (const [h, hash] of hashes.entries()) hashLines(lines, hash, buffers[h])
      yield buffers.map((buffer) => buffer.subarray(0, lines.count))
    }
  }

  /** The keys themselves, for those who need their text. */
  async *texts(): AsyncGenerator<string> {
    const decoder = new TextDecoder()
    for await (const { bytes, starts, ends, count } of this.lines()) {
      for (let i = 0; i < count; i++) yield decoder.decode(bytes.subarray(starts[i], ends[i]))
    }
  }

  /** The lines that aren't blank, as they stand in the input. */
  async *lines(): AsyncGenerator<Lines> {
    let carry: Uint8Array = new Uint8Array(0)
    let first = true
    for await (const chunk of this.input) {
      let bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
      if (first && bytes.length >= BYTE_ORDER_MARK.length) {
        first = false
        if (BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte))
          bytes = bytes.subarray(BYTE_ORDER_MARK.length)
      }
      const complete = bytes.lastIndexOf(NEWLINE) + 1
      if (complete > 0) yield this.split(bytes.subarray(0, complete))
      carry = bytes.slice(complete)
      if (carry.length > MAX_LINE) throw this.tooLong(this.lineNumber + 1)
    }
    if (carry.length > 0) yield this.split(carry)
  }

  /** Takes the keys that occurred before out of the lines. */
  private dropRepeated(lines: Lines): void {
    const { bytes, starts, ends, count } = lines
    lines.count = 0
    for (let i = 0; i < count; i++) {
      if (!this.repeated.add(bytes, starts[i], ends[i])) continue
      starts[lines.count] = starts[i]
      ends[lines.count++] = ends[i]
    }
  }

  private split(bytes: Uint8Array): Lines {
    if (!isUtf8(bytes)) throw this.notText(bytes)
    const capacity = countLines(bytes)
    const lines: Lines = {
      bytes,
      starts: new Uint32Array(capacity),
      ends: new Uint32Array(capacity),
      count: 0,
    }
    for (let start = 0; start < bytes.length; ) {
      let end = start
      let blank = true
      for (; end < bytes.length && bytes[end] !== NEWLINE; end++) {
        const byte = bytes[end]
        if (byte !== SPACE && byte !== TAB && byte !== RETURN) blank = false
      }
      this.lineNumber++
      if (end - start > MAX_LINE) throw this.tooLong(this.lineNumber)
      if (blank) {
        this.blankLines++
      } else {
        lines.starts[lines.count] = start
        lines.ends[lines.count] = bytes[end - 1] === RETURN ? end - 1 : end
        lines.count++
      }
      start = end + 1
    }
    return lines
  }

  private notText(bytes: Uint8Array): InputError {
    let line = this.lineNumber
    for (let start = 0; start < bytes.length; ) {
      line++
      const newline = bytes.indexOf(NEWLINE, start)
      const end = newline < 0 ? bytes.length : newline
      if (!isUtf8(bytes.subarray(start, end))) break
      start = end + 1
    }
    return new InputError(`${this.label}, line ${line}: not UTF-8 text`)
  }

  private tooLong(line: number): InputError {
    return new InputError(`${this.label}, line ${line}: longer than ${MAX_LINE} bytes`)
  }
}

function hashLines({ bytes, starts, ends, count }: Lines, hash: ByteHash, out: Uint32Array): void {
  for (let i = 0; i < count; i++) out[i] = hash(bytes, starts[i], ends[i])
}

function countLines(bytes: Uint8Array): number {
  let lines = 1
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === NEWLINE) lines++
  return lines
}
