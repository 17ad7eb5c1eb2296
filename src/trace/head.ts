import { InputError } from '../input-error.js'
import { startsWith, textOf } from './text/bytes.js'

/** Bytes at the beginning that tell the format. */
export const HEAD_BYTES = 1 << 16
/** Lines of it that are looked at. */
const MAX_LINES = 1000
/** The share of them that may differ from a format's shape. */
export const MAX_ODD = 0.1
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** The beginning of a trace's decompressed data. */
export class Head {
  private known: readonly string[] | undefined

  constructor(
    readonly label: string,
    readonly bytes: Uint8Array,
    /** Whether nothing follows. */
    readonly isWhole: boolean,
    private readonly comment?: string,
  ) {}

  /** Its lines, up to a thousand, but for blank ones, comments, and one that is cut off. */
  get lines(): readonly string[] {
    this.known ??= this.split()
    return this.known
  }

  /** Lines that look like this. */
  count(shape: RegExp): number {
    return this.lines.filter((text) => shape.test(text)).length
  }

  /** Whether its lines have a shape: the first, and all but a tenth, or all but one of few. A reader refuses the others. */
  hasShape(shape: RegExp): boolean {
    const { lines } = this
    const odd = lines.length - this.count(shape)
    return lines.length > 0 && shape.test(lines[0]) && odd <= Math.max(1, lines.length * MAX_ODD)
  }

  /** Whether lines that nobody called comments begin with `#`, from one on. */
  hasHashes(from = 0): boolean {
    return this.comment === undefined && this.lines.slice(from).some((text) => text.startsWith('#'))
  }

  /** An error that says what the data is, or lacks. */
  error(problem: string): InputError {
    return new InputError(`${this.label}: ${problem}`)
  }

  private split(): string[] {
    const { bytes, comment } = this
    const text = textOf(bytes, startsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0)
    const all = text.split('\n', MAX_LINES + 1)
    // The last may be cut off.
    if (!this.isWhole || all.length > MAX_LINES) all.splice(Math.max(1, all.length - 1))
    return all
      .map((line) => (comment !== undefined && line.startsWith(comment) ? '' : line.trim()))
      .filter((line) => line !== '')
  }
}
