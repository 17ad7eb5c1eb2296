import { isUtf8 } from 'node:buffer'
import { InputError } from '../../input-error.js'
import type { Batch } from '../batch.js'
import { BYTE_ORDER_MARK } from '../head.js'
import type { Requests } from '../requests.js'
import { bytesOf, NEWLINE, RETURN, SPACE, startsWith, TAB } from './bytes.js'
import { type Delimiter, Fields, MAX_FIELDS, UNCLOSED } from './fields.js'

/** Bytes of the longest line. */
export const MAX_LINE = 1 << 20

/** Data up to a line break, and the number of lines before it. */
interface Region {
  readonly bytes: Uint8Array
  /** Told what wasn't read, which comes again with more behind it. */
  keep(from: number): void
}

/**
 * Pieces of text that end with a line break; a byte order mark is left out. Memory is a chunk of the input and a line.
 * Throws InputError at a line over 1 MiB, and, unless `isAny`, at bytes that are not UTF-8 text.
 */
export async function* regions(
  input: AsyncIterable<Uint8Array>,
  label: string,
  linesBefore: () => number,
  isAny = false,
): AsyncGenerator<Region> {
  let carry: Uint8Array = new Uint8Array(0)
  let isFirst = true
  const region = (bytes: Uint8Array): Region => {
    if (!isAny) checkText(bytes, label, linesBefore())
    return { bytes, keep: (from) => (carry = Buffer.concat([bytes.subarray(from), carry])) }
  }
  for await (const chunk of input) {
    let bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    if (isFirst && bytes.length >= BYTE_ORDER_MARK.length) {
      isFirst = false
      if (startsWith(bytes, BYTE_ORDER_MARK)) bytes = bytes.subarray(BYTE_ORDER_MARK.length)
    }
    const complete = bytes.lastIndexOf(NEWLINE) + 1
    carry = bytes.slice(complete)
    const isTooLong = carry.length > MAX_LINE
    if (complete > 0) yield region(bytes.subarray(0, complete))
    if (isTooLong) throw new InputError(`${label}, line ${linesBefore() + 1}: longer than ${MAX_LINE} bytes`)
  }
  if (carry.length === 0) return
  const rest = carry
  carry = new Uint8Array(0)
  yield region(Buffer.concat([rest, Uint8Array.of(NEWLINE)]))
}

/** Throws InputError, naming the line, at NUL bytes and at what is not UTF-8. */
function checkText(bytes: Uint8Array, label: string, linesBefore: number): void {
  const nul = bytes.indexOf(0)
  if (nul < 0 && isUtf8(bytes)) return
  let line = linesBefore
  for (let start = 0; start < bytes.length; ) {
    line++
    const end = bytes.indexOf(NEWLINE, start) + 1
    if (nul >= start && nul < end) throw new InputError(`${label}, line ${line}: a NUL byte; text has none`)
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end
  }
  throw new InputError(`${label}, line ${line}: not UTF-8 text`)
}

export interface RowOptions {
  readonly delimiter: Delimiter
  readonly hasQuotes?: boolean
  /** Whether the first line holds names. */
  readonly header?: boolean
  readonly comment?: string | undefined
  /** Whether bytes that are no UTF-8 text are let through. */
  readonly isAny?: boolean
  /** Fields that every line must have: a number, or at least so many. */
  readonly columns?: number | undefined
  readonly atLeast?: number
}

/** Adds the requests of a line. */
type ReadRow = (fields: Fields, out: Requests) => void

/** Reads lines of fields; counts what it skips. */
export class Rows {
  comments = 0
  private readonly comment: Uint8Array | undefined
  private isHeader: boolean

  constructor(private readonly options: RowOptions) {
    this.isHeader = options.header ?? false
    this.comment = options.comment === undefined ? undefined : bytesOf(options.comment)
  }

  /** Lets `row` add the requests of each line that isn't blank, a comment, or the header. */
  async *read(
    input: AsyncIterable<Uint8Array>,
    label: string,
    out: Requests,
    row: ReadRow,
  ): AsyncGenerator<Batch> {
    const { delimiter, hasQuotes, isAny } = this.options
    const fields = new Fields(label, delimiter, hasQuotes)
    let isOpen = false
    for await (const { bytes, keep } of regions(input, label, () => fields.lines, isAny)) {
      fields.load(bytes)
      isOpen = false
      for (let at = 0; at < bytes.length && !isOpen; ) {
        at = this.collect(bytes, at, fields, out, row)
        const batch = out.take()
        if (batch) yield batch
        isOpen = at < 0
      }
      if (isOpen) keep(this.openAt)
    }
    if (isOpen) throw unclosed(fields)
  }

  /** Where the line begins whose quotes did not close. */
  private openAt = 0

  /** Reads lines from a place on until there are enough requests for a batch; returns where it stopped, or UNCLOSED. */
  private collect(bytes: Uint8Array, from: number, fields: Fields, out: Requests, row: ReadRow): number {
    let at = from
    while (at < bytes.length && !out.isFull) {
      if (this.isSkipped(bytes, at)) {
        at = fields.skip(at)
        continue
      }
      const next = fields.read(at)
      if (next === UNCLOSED) {
        if (bytes.length - at > MAX_LINE) throw unclosed(fields)
        this.openAt = at
        return UNCLOSED
      }
      at = next
      this.checkShape(fields)
      if (this.isHeader) this.isHeader = false
      else row(fields, out)
    }
    return at
  }

  /** Whether a line is blank or a comment. */
  private isSkipped(bytes: Uint8Array, start: number): boolean {
    let i = start
    while (bytes[i] === SPACE || bytes[i] === RETURN || bytes[i] === TAB) i++
    if (bytes[i] === NEWLINE) return true
    if (this.comment === undefined || !startsWith(bytes, this.comment, start)) return false
    this.comments++
    return true
  }

  private checkShape(fields: Fields): void {
    const { columns, atLeast = 1 } = this.options
    if (columns !== undefined && fields.count !== columns)
      throw fields.error(
        `${plural(fields.count, 'column')}, the lines before have ${columns}; if that is right, give --delimiter`,
      )
    if (fields.count > MAX_FIELDS && columns === undefined)
      throw fields.error(`${fields.count} columns; at most ${MAX_FIELDS} can be read`)
    if (fields.count < atLeast) throw fields.error(`${plural(fields.count, 'column')}, ${atLeast} are needed`)
  }
}

export const unclosed = (fields: Fields) =>
  fields.error('a quote opens here and is never closed', fields.openLine)

/** `1 line`, `3 lines`. */
export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
