import { InputError } from '../../input-error.js'
import { NEWLINE, numberIn, QUOTE, quoted, RETURN, SPACE, shortened, TAB, textOf } from './bytes.js'

/** What separates fields: one byte, or runs of spaces and tabs; `none` for lines that are one field. */
export type Delimiter = ',' | ';' | '|' | '\t' | 'spaces' | 'none' | (string & {})

/** Columns that can be used. */
export const MAX_FIELDS = 512
/** Requests that one line can stand for. */
export const MAX_REPEATS = 1_000_000
/** The end of the data was reached inside of quotes. */
export const UNCLOSED = -1

const isSpace = (byte: number) => byte === SPACE || byte === TAB || byte === RETURN

/**
 * The fields of one line of a table, where they stand in `bytes`. Quotes follow RFC 4180: a quoted field may hold
 * delimiters, line breaks, and quotes that are doubled. Spaces around a field, and inside of its quotes, are not part
 * of it. With runs of spaces as the delimiter quotes mean nothing.
 */
export class Fields {
  bytes: Uint8Array = new Uint8Array(0)
  count = 0
  readonly starts = new Uint32Array(MAX_FIELDS)
  readonly ends = new Uint32Array(MAX_FIELDS)
  /** The line's number, from 1: of its first line break, where it has some in quotes. */
  line = 0
  /** Line breaks of all that was read. */
  lines = 0
  /** The line in which the last quote opened. */
  openLine = 0
  private isCopy = false
  private readonly separator: number
  private previousTime = Number.NEGATIVE_INFINITY

  constructor(
    readonly label: string,
    private readonly delimiter: Delimiter,
    /** Whether quotes mean something. */
    private readonly hasQuotes = delimiter !== 'none',
  ) {
    this.separator = delimiter.length === 1 ? delimiter.charCodeAt(0) : NEWLINE
  }

  /** The data that lines are read from; it ends with a line break. */
  load(bytes: Uint8Array): void {
    this.bytes = bytes
    this.isCopy = false
  }

  /** Reads the line at `start`; returns where the next begins, or UNCLOSED. */
  read(start: number): number {
    this.count = 0
    this.line = this.lines + 1
    const next = this.delimiter === 'spaces' ? this.readSpaced(start) : this.readSeparated(start)
    this.lines = next === UNCLOSED ? this.line - 1 : this.lines + 1
    return next
  }

  /** Passes over the line at `start` without reading it. */
  skip(start: number): number {
    this.lines++
    return this.bytes.indexOf(NEWLINE, start) + 1
  }

  private readSpaced(start: number): number {
    const { bytes } = this
    let i = start
    for (;;) {
      while (isSpace(bytes[i])) i++
      if (bytes[i] === NEWLINE) return i + 1
      const from = i
      while (bytes[i] !== NEWLINE && !isSpace(bytes[i])) i++
      this.push(from, i)
    }
  }

  private readSeparated(start: number): number {
    const { bytes, separator } = this
    let i = start
    for (;;) {
      while (bytes[i] !== separator && isSpace(bytes[i])) i++
      if (bytes[i] === QUOTE && this.hasQuotes) {
        i = this.readQuoted(i)
        if (i === UNCLOSED) return UNCLOSED
      } else {
        const from = i
        while (bytes[i] !== separator && bytes[i] !== NEWLINE) i++
        let to = i
        while (to > from && isSpace(bytes[to - 1])) to--
        this.push(from, to)
      }
      if (bytes[i] === NEWLINE) return i + 1
      i++
    }
  }

  /** Reads a field in quotes that open at `quote`; returns where its delimiter or line break is. */
  private readQuoted(quote: number): number {
    let from = quote + 1
    let to = from
    let doubled = false
    this.openLine = this.lines + 1
    for (; ; to++) {
      if (to >= this.bytes.length) return UNCLOSED
      if (this.bytes[to] === NEWLINE) this.lines++
      if (this.bytes[to] !== QUOTE) continue
      if (this.bytes[to + 1] !== QUOTE) break
      doubled = true
      to++
    }
    let i = to + 1
    for (; this.bytes[i] !== this.separator && this.bytes[i] !== NEWLINE; i++)
      if (!isSpace(this.bytes[i]))
        throw this.error(`column ${this.count + 1} has text after its closing quote`)
    if (doubled) to = this.undouble(from, to)
    while (from < to && isSpace(this.bytes[from])) from++
    while (to > from && isSpace(this.bytes[to - 1])) to--
    this.push(from, to)
    return i
  }

  /** Drops the second of each two quotes, in a copy: the data may have to be read again. Returns the new end. */
  private undouble(from: number, to: number): number {
    if (!this.isCopy) this.bytes = new Uint8Array(this.bytes)
    this.isCopy = true
    let end = from
    for (let i = from; i < to; i++) {
      this.bytes[end++] = this.bytes[i]
      if (this.bytes[i] === QUOTE) i++
    }
    return end
  }

  private push(start: number, end: number): void {
    if (this.count < MAX_FIELDS) {
      this.starts[this.count] = start
      this.ends[this.count] = end
    }
    this.count++
  }

  text(column: number): string {
    return textOf(this.bytes, this.starts[column], this.ends[column])
  }

  /** Whether there is nothing in any field. */
  isBlank(): boolean {
    for (let i = 0; i < Math.min(this.count, MAX_FIELDS); i++) if (this.ends[i] > this.starts[i]) return false
    return true
  }

  texts(): string[] {
    return Array.from({ length: Math.min(this.count, MAX_FIELDS) }, (_, i) => this.text(i))
  }

  /** A number that isn't negative. */
  number(column: number, what: string): number {
    const value = numberIn(this.bytes, this.starts[column], this.ends[column])
    if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
    const problem = value < 0 ? 'is negative' : 'is not a number'
    throw this.error(`the ${what} ${quoted(this.text(column))} in column ${column + 1} ${problem}`)
  }

  /** A size in bytes, from 1; of a deletion, which may have none, 1. */
  size(column: number, isDeletion = false): number {
    if (isDeletion && this.starts[column] === this.ends[column]) return 1
    const value = this.number(column, 'size')
    if (value === 0 && isDeletion) return 1
    if (value >= 1 && Number.isInteger(value)) return value
    const problem = value < 1 ? 'must be at least 1 byte' : 'is not a whole number of bytes'
    throw this.error(`the size in column ${column + 1} is ${value}, and ${problem}`)
  }

  /** Seconds, of which `unit` are one; they must not fall. */
  time(column: number, unit = 1): number {
    const value = this.number(column, 'time')
    if (value < this.previousTime) {
      // A number that was rounded is not shown.
      const from = this.previousTime <= Number.MAX_SAFE_INTEGER ? ` from ${this.previousTime}` : ''
      throw this.error(`the time in column ${column + 1} goes back${from} to ${shortened(this.text(column))}`)
    }
    this.previousTime = value
    return value / unit
  }

  /** How often a row's request is made. */
  repeats(column: number): number {
    const value = this.number(column, 'count')
    if (Number.isInteger(value) && value <= MAX_REPEATS) return value
    throw this.error(
      `the count in column ${column + 1} must be a whole number up to ${MAX_REPEATS}, got ${quoted(this.text(column))}`,
    )
  }

  error(problem: string, line = this.line): InputError {
    return new InputError(`${this.label}, line ${line}: ${problem}`)
  }
}
