import { InputError } from '../../input-error.js'
import type { Batch } from '../batch.js'
import type { Format, Reader, Reading } from '../format.js'
import { DIRECT, UNSAMPLED } from '../key-index.js'
import type { Requests } from '../requests.js'
import { bytesOf, NEWLINE, quoted, RETURN, SPACE, startsWith, TAB, textOf } from '../text/bytes.js'
import { hasHeader, sample } from '../text/detect.js'
import { plural, regions } from '../text/rows.js'

const ROOM = 1 << 16
const STAR = 42
const ZERO = 48
const MAX_DIGITS = 8
/** For a line without a request. */
const NONE = -1

/** What a byte is in a plain text: part of a key, a space, what may separate columns, or a line break. */
const [PART, BLANK, SEPARATOR, BREAK] = [0, 1, 2, 3]
const kinds = new Uint8Array(256).fill(PART)
for (const sign of ' \r\t') kinds[sign.charCodeAt(0)] = BLANK
for (const sign of ',;|') kinds[sign.charCodeAt(0)] = SEPARATOR
kinds[NEWLINE] = BREAK

interface TextOptions {
  readonly header?: boolean
  readonly comment?: string | undefined
  /** Keys are whole lines, whatever they hold. */
  readonly whole?: boolean
  /** Lines of `*`: keys, marks, or marks if all keys before are numbers. */
  readonly stars?: 'keys' | 'marks' | 'either'
}

/** One key a line. Blank lines are skipped, spaces around a key are not part of it. */
export function textReader(options: TextOptions): Reader {
  const { header = false, whole = false, stars = 'either' } = options
  const lines = new KeyLines(options)
  const kind = whole
    ? 'whole lines as keys'
    : stars === 'marks'
      ? 'a LIRS trace, one block number a line'
      : 'plain text, one key a line'
  return {
    understood: `${kind}, ${header ? 'a' : 'no'} header`,
    parameters: {
      traceFormat: stars === 'marks' ? 'lirs' : whole ? 'lines' : 'plain',
      header: header ? 'yes' : 'no',
    },
    has: { sizes: false, times: false, ttls: false, operations: false },
    read: (input, reading) => lines.read(input, reading),
    found: () => lines.found(),
  }
}

/** Reads lines that are keys; numbers, which most traces have, in a short cut. */
class KeyLines {
  private lines = 0
  private comments = 0
  private marks = 0
  private isNumeric = true
  private isHeader: boolean
  private readonly comment: Uint8Array | undefined

  constructor(private readonly options: TextOptions) {
    this.isHeader = options.header ?? false
    this.comment = options.comment === undefined ? undefined : bytesOf(options.comment)
  }

  found(): string[] {
    const { marks, comments } = this
    return [
      ...(marks > 0
        ? [
            `${plural(marks, 'line')} of * left out: ${marks === 1 ? 'it is a mark, not a request' : 'they are marks, not requests'}`,
          ]
        : []),
      ...(comments > 0 ? [`${plural(comments, 'comment')} skipped`] : []),
    ]
  }

  async *read(input: AsyncIterable<Uint8Array>, { label, out }: Reading): AsyncGenerator<Batch> {
    for await (const { bytes } of regions(input, label, () => this.lines, this.options.whole)) {
      for (let at = 0; at < bytes.length; ) {
        at = this.collect(bytes, at, label, out)
        if (this.count > 0) yield { keys: this.keys.slice(0, this.count) }
      }
    }
  }

  private readonly keys = new Uint32Array(ROOM)
  private count = 0

  /** Collects keys from a place on, while there is room; returns where it stopped. A plain function, which is compiled well. */
  private collect(bytes: Uint8Array, from: number, label: string, out: Requests): number {
    const { keys } = this
    const { index } = out
    let count = 0
    let at = from
    while (at < bytes.length && count < ROOM) {
      let value = 0
      let end = at
      for (let digit = bytes[at] - ZERO; digit >= 0 && digit <= 9 && end - at < MAX_DIGITS; ) {
        value = value * 10 + digit
        digit = bytes[++end] - ZERO
      }
      let key: number
      const isNumber = bytes[end] === NEWLINE && end > at && value < DIRECT
      if (isNumber && (bytes[at] !== ZERO || end === at + 1) && !this.isHeader && !this.comment) {
        this.lines++
        key = index.numberOf(value)
      } else {
        end = this.lineAt(bytes, at, label)
        key = this.end > this.start ? index.number(bytes, this.start, this.end) : NONE
      }
      at = end + 1
      if (key === UNSAMPLED) out.unsampled++
      else if (key !== NONE) keys[count++] = key
    }
    this.count = count
    return at
  }

  /** Where the key of the last line stands; nothing for a line that is skipped. */
  private start = 0
  private end = 0

  /** Finds the key in the line at a place; returns where the line ends. */
  private lineAt(bytes: Uint8Array, at: number, label: string): number {
    this.lines++
    if (this.comment && startsWith(bytes, this.comment, at)) {
      this.comments++
      this.start = this.end
      return bytes.indexOf(NEWLINE, at)
    }
    const lineEnd = this.options.whole ? this.wholeLine(bytes, at) : this.key(bytes, at, label)
    if (this.start === this.end) return lineEnd
    if (this.isHeader) {
      this.isHeader = false
      this.start = this.end
    } else if (this.isMark(bytes)) {
      this.marks++
      this.start = this.end
    }
    return lineEnd
  }

  private wholeLine(bytes: Uint8Array, at: number): number {
    const lineEnd = bytes.indexOf(NEWLINE, at)
    let start = at
    this.end = bytes[lineEnd - 1] === RETURN && lineEnd > at ? lineEnd - 1 : lineEnd
    while (start < this.end && (bytes[start] === SPACE || bytes[start] === TAB)) start++
    this.start = start === this.end ? this.end : at
    return lineEnd
  }

  private key(bytes: Uint8Array, at: number, label: string): number {
    let i = at
    while (kinds[bytes[i]] === BLANK) i++
    this.start = i
    while (kinds[bytes[i]] === PART) i++
    this.end = i
    while (kinds[bytes[i]] === BLANK) i++
    if (bytes[i] !== NEWLINE) {
      const line = textOf(bytes, at, Math.min(bytes.indexOf(NEWLINE, at), at + 80)).trim()
      throw new InputError(
        `${label}, line ${this.lines}: several fields, ${quoted(line)}; give --trace-format lines for whole lines as keys, or --delimiter and --key-column`,
      )
    }
    return i
  }

  /** Whether the line is a mark: a star among numbers. */
  private isMark(bytes: Uint8Array): boolean {
    const { stars = 'either', whole } = this.options
    if (stars === 'keys' || whole) return false
    if (this.end - this.start === 1 && bytes[this.start] === STAR) return stars === 'marks' || this.isNumeric
    if (stars === 'either' && this.isNumeric)
      for (let i = this.start; i < this.end; i++)
        if (bytes[i] < ZERO || bytes[i] > ZERO + 9) this.isNumeric = false
    return false
  }
}

/** One key a line, without spaces or what may separate columns. */
export const plain: Format = {
  takes: ['header', 'comment'],
  open: (head, options) =>
    textReader({
      header: hasHeader(sample(head, 'none', options.comment), options),
      comment: options.comment,
      stars: 'keys',
    }),
}

/** Whole lines as keys. */
export const lines: Format = {
  takes: ['header', 'comment'],
  open: (_, { header, comment }) =>
    textReader({ header: header === 'yes', comment, whole: true, stars: 'keys' }),
}

/**
 * The traces of LIRS's authors (Jiang and Zhang, SIGMETRICS 2002): a block number a line. A line `*` marks a place in
 * the program that was traced.
 */
export const lirs: Format = {
  takes: ['comment'],
  recognizes: (head) =>
    head.count(/^(\d+|\*)$/) === head.lines.length &&
    new Set(head.lines.map((text) => text === '*')).size === 2,
  open: (_, { comment }) => textReader({ comment, stars: 'marks' }),
}
