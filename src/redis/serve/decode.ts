import { smallIntegerIn } from '../numbers.js'
import { splitWords } from '../split.js'
import { Bytes, LONGEST_TEXT } from '../values/bytes.js'

/** A violation of the protocol, which ends the connection. */
class ProtocolError extends Error {}

/** What a connection may send. */
export interface Limits {
  /** Bytes of the longest word. */
  readonly protoMaxBulkLen: number
}

const MAX_WORDS = 2 ** 31 - 1
/** Bytes of a line that hasn't ended yet. */
const MAX_LINE = 64 << 10
/** Words and bytes of a word that a client may send before it has given its password. */
const MAX_UNTRUSTED_WORDS = 10
const MAX_UNTRUSTED_BYTES = 16 << 10
/** V8 copies shorter slices of a string. */
const SHORT = 13
/** Words for which there is room before they come. */
const MAX_RESERVED = 64
/** Memory of which the text is kept beside the bytes. */
const MAX_TEXT = 64 << 10
/** Digits of a number that is exact in JavaScript. */
const MAX_DIGITS = 15
const ZERO = 48
const NONE = Buffer.alloc(0)
const RETURN = 13
const NEWLINE = 10
const STAR = 42
const DOLLAR = 36

/**
 * Decodes the commands of a connection: arrays of bulk strings, or inline commands as typed into telnet. Commands are
 * decoded when they are asked for. An incomplete one is kept and not parsed again from its start, so that a slow sender
 * costs no more than a fast one.
 */
export class Decoder {
  private bytes: Buffer = NONE
  private isBorrowed = false
  /** The same as a string: slicing short words from it is faster than decoding each. */
  private text = ''
  private at = 0
  /** Bytes that came since. */
  private pieces: Buffer[] = []
  private piecesLength = 0
  /** Bytes without which it makes no sense to go on. */
  private wanted = 0
  /** The words so far of the command that is being read. */
  private words: string[] = []
  private wordCount = 0
  private wordsRead = 0
  /** Bytes from `at` in which the end of the line was not found. */
  private searched = 0

  /** Redis's message for a protocol error, after which nothing is read. */
  fault: string | undefined
  /** Whether the client still has to give a password. */
  isUntrusted = false
  /** Whether the last command has a word that is too long for a text; it is a `Bytes` among the strings. */
  hasLongWord = false

  constructor(private readonly limits: Limits = { protoMaxBulkLen: 512 << 20 }) {}

  /** Bytes that haven't been decoded. */
  get left(): number {
    return this.bytes.length - this.at + this.piecesLength
  }

  /** Takes bytes, whose memory must stay as it is until the next call of `keep`. */
  push(chunk: Buffer): void {
    if (this.at === this.bytes.length && this.piecesLength === 0) {
      this.read(chunk)
      this.isBorrowed = true
    } else {
      this.pieces.push(Buffer.from(chunk))
      this.piecesLength += chunk.length
    }
  }

  /** Copies what is left of the last chunk. */
  keep(): void {
    if (!this.isBorrowed) return
    this.isBorrowed = false
    this.bytes = this.at === this.bytes.length ? NONE : Buffer.from(this.bytes.subarray(this.at))
    this.text = ''
    this.at = 0
  }

  /** The next command; undefined where none is complete. */
  next(): string[] | undefined {
    if (this.fault !== undefined) return undefined
    try {
      for (;;) {
        const command = this.command()
        if (command === undefined) {
          if (!this.join()) return undefined
        } else if (command.length > 0) return command
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.fault = `Protocol error: ${error.message}`
      return undefined
    }
  }

  private read(bytes: Buffer): void {
    this.bytes = bytes
    this.text = bytes.length <= MAX_TEXT ? bytes.toString('latin1') : ''
    this.at = 0
  }

  /** Joins what came to the bytes that are left; false if that isn't enough to go on. */
  private join(): boolean {
    if (this.piecesLength === 0 || this.left < this.wanted) return false
    const rest = this.bytes.subarray(this.at)
    this.read(
      rest.length === 0 && this.pieces.length === 1 ? this.pieces[0] : Buffer.concat([rest, ...this.pieces]),
    )
    this.pieces = []
    this.piecesLength = this.wanted = 0
    return true
  }

  private command(): string[] | undefined {
    if (this.wordsRead === this.wordCount) {
      if (this.at >= this.bytes.length) return undefined
      if (this.bytes[this.at] !== STAR) return this.inline()
      const count = this.number(STAR, MAX_WORDS)
      if (count === undefined) return undefined
      if (count <= 0) return []
      if (this.isUntrusted && count > MAX_UNTRUSTED_WORDS)
        throw new ProtocolError('unauthenticated multibulk length')
      // An array of the right size is made faster; a long one grows with the words that come.
      this.words = count <= MAX_RESERVED ? new Array(count) : []
      this.wordCount = count
      this.wordsRead = 0
      this.hasLongWord = false
    }
    while (this.wordsRead < this.wordCount) {
      const word = this.shortBulk() ?? this.bulk()
      if (word === undefined) return undefined
      this.words[this.wordsRead++] = word
    }
    return this.words
  }

  /** A bulk string of less than a hundred bytes that is complete, the usual one; undefined for any other. */
  private shortBulk(): string | undefined {
    const { bytes, at } = this
    let length = bytes[at + 1] - ZERO
    let end = at + 2
    if (bytes[at] !== DOLLAR || !(length >= 0 && length <= 9)) return undefined
    if (bytes[end] !== RETURN) {
      const digit = bytes[end++] - ZERO
      if (!(digit >= 0 && digit <= 9) || length === 0 || bytes[end] !== RETURN) return undefined
      length = length * 10 + digit
    }
    const start = end + 2
    end = start + length
    if (bytes.length < end + 2) return undefined
    this.at = end + 2
    this.searched = 0
    // A longer slice would keep the whole text in memory.
    return length < SHORT && this.text !== ''
      ? this.text.slice(start, end)
      : bytes.toString('latin1', start, end)
  }

  private bulk(): string | undefined {
    const start = this.at
    if (start >= this.bytes.length) return undefined
    const length = this.number(DOLLAR, this.limits.protoMaxBulkLen)
    if (length === undefined) return undefined
    if (this.isUntrusted && length > MAX_UNTRUSTED_BYTES)
      throw new ProtocolError('unauthenticated bulk length')
    const end = this.at + length
    if (this.bytes.length < end + 2) {
      this.wanted = end + 2 - start
      this.at = start
      return undefined
    }
    const word = this.word(this.at, end)
    this.at = end + 2
    return word
  }

  private word(start: number, end: number): string {
    if (end - start <= LONGEST_TEXT) return this.bytes.toString('latin1', start, end)
    this.hasLongWord = true
    return new Bytes(this.bytes.subarray(start, end)) as unknown as string
  }

  /** The number in a header such as `*3`; undefined if its line isn't complete. */
  private number(sign: number, most: number): number | undefined {
    const { bytes } = this
    const start = this.at + 1
    let end = start
    let value: number | undefined = 0
    for (let digit = bytes[end] - 48; digit >= 0 && digit <= 9; digit = bytes[++end] - 48)
      value = value * 10 + digit
    const isPlain = end > start && end - start <= MAX_DIGITS && (bytes[start] !== ZERO || end - start === 1)
    if (!isPlain || bytes[end] !== RETURN || end + 1 >= bytes.length) {
      end = this.endOfLine(RETURN, sign === STAR ? 'mbulk count string' : 'bulk count string')
      if (end < 0 || end + 1 >= bytes.length) return undefined
      value = smallIntegerIn(bytes.toString('latin1', start, end))
    }
    if (bytes[this.at] !== sign)
      throw new ProtocolError(`expected '$', got '${String.fromCharCode(bytes[this.at])}'`)
    if (value === undefined || value > most || (sign === DOLLAR && value < 0))
      throw new ProtocolError(`invalid ${sign === STAR ? 'multibulk' : 'bulk'} length`)
    this.at = end + 2
    this.searched = 0
    return value
  }

  /** Where the line ends, or -1. As in C, a zero byte ends the search. */
  private endOfLine(sign: number, what: string): number {
    const { bytes, at } = this
    const most = Math.min(bytes.length, at + MAX_LINE + 1)
    let end = at + this.searched
    while (end < most && bytes[end] !== sign && bytes[end] !== 0) end++
    this.searched = 0
    if (end < most && bytes[end] === sign) return end
    if (most - at > MAX_LINE) throw new ProtocolError(`too big ${what}`)
    this.searched = end - at
    return -1
  }

  private inline(): string[] | undefined {
    const end = this.endOfLine(NEWLINE, 'inline request')
    if (end < 0) return undefined
    const line = this.bytes.toString('latin1', this.at, end)
    this.at = end + 1
    this.hasLongWord = false
    const words = splitWords(line)
    if (!words) throw new ProtocolError('unbalanced quotes in request')
    return words
  }
}
