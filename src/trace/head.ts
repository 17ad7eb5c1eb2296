import { InputError } from '../input-error.js'
import { bytesOf, NEWLINE, startsWith, textOf } from './text/bytes.js'

/** Bytes at the beginning that tell the format. */
export const HEAD_BYTES = 1 << 16
/** Lines of it that are looked at. */
const MAX_LINES = 1000
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

export interface HeadLine {
  /** From 1. */
  readonly number: number
  readonly text: string
}

/** The beginning of a trace's decompressed data. */
export class Head {
  private known: readonly HeadLine[] | undefined

  constructor(
    readonly label: string,
    readonly bytes: Uint8Array,
    /** Whether nothing follows. */
    readonly isWhole: boolean,
    private readonly comment?: string,
  ) {}

  /** Its lines, up to a thousand, but for blank ones, comments, and one that is cut off. */
  get lines(): readonly HeadLine[] {
    this.known ??= this.split()
    return this.known
  }

  /** Whether every line looks like this; false where there is no line. */
  everyLine(pattern: RegExp): boolean {
    return this.lines.length > 0 && this.lines.every(({ text }) => pattern.test(text))
  }

  /** An error that says what the data is, or lacks. */
  error(problem: string): InputError {
    return new InputError(`${this.label}: ${problem}`)
  }

  private split(): HeadLine[] {
    const lines: HeadLine[] = []
    const { bytes } = this
    const comment = this.comment === undefined ? undefined : bytesOf(this.comment)
    let number = 0
    let start = startsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
    while (start < bytes.length && lines.length < MAX_LINES) {
      number++
      const newline = bytes.indexOf(NEWLINE, start)
      if (newline < 0 && !this.isWhole && lines.length > 0) break
      const end = newline < 0 ? bytes.length : newline
      const isComment = comment !== undefined && startsWith(bytes, comment, start)
      const text = isComment ? '' : textOf(bytes, start, end).trim()
      if (text !== '') lines.push({ number, text })
      start = end + 1
    }
    return lines
  }
}
