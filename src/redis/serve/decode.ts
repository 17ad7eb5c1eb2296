import { splitWords } from '../split.js'

/** A violation of the protocol, which ends the connection. */
class ProtocolError extends Error {}

const MAX_WORDS = 1024 * 1024
const MAX_BULK = 512 << 20
const MAX_INLINE = 64 << 10
/** Bytes of an incomplete command that a connection may have sent. */
const MAX_WAITING = 1 << 30
/** V8 copies shorter slices of a string. */
const SHORT = 13
const RETURN = 13
const NEWLINE = 10
const STAR = 42
const DOLLAR = 36

/**
 * Decodes the commands of a connection: arrays of bulk strings, or inline commands as typed into telnet. An incomplete
 * command is kept and not parsed again from its start, so that a slow sender costs no more than a fast one.
 */
export class Decoder {
  private bytes: Buffer = Buffer.alloc(0)
  /** The same as a string: slicing short words from it is faster than decoding each. */
  private text = ''
  /** Chunks of an incomplete long bulk string, joined when it is complete. */
  private pieces: Buffer[] = []
  private piecesLength = 0
  private wanted = 0
  private at = 0
  /** The words so far of the command that is being read. */
  private words: string[] = []
  private wordsLeft = 0

  /** Redis's message for a protocol error, after which nothing is read. */
  fault: string | undefined

  /** Takes bytes; the commands that are complete. */
  push(chunk: Buffer): string[][] {
    if (this.fault !== undefined) return []
    this.pieces.push(chunk)
    this.piecesLength += chunk.length
    if (this.bytes.length - this.at + this.piecesLength < this.wanted) return []
    this.bytes =
      this.at === this.bytes.length && this.pieces.length === 1
        ? chunk
        : Buffer.concat([this.bytes.subarray(this.at), ...this.pieces])
    this.text = this.bytes.toString('latin1')
    this.pieces = []
    this.piecesLength = this.wanted = this.at = 0
    const commands: string[][] = []
    try {
      if (this.bytes.length > MAX_WAITING) throw new ProtocolError('Protocol error: too much input')
      for (let command = this.next(); command !== undefined; command = this.next()) {
        if (command.length > 0) commands.push(command)
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.fault = error.message
    }
    return commands
  }

  private next(): string[] | undefined {
    if (this.wordsLeft === 0) {
      if (this.at >= this.bytes.length) return undefined
      if (this.bytes[this.at] !== STAR) return this.inline()
      const count = this.count('multibulk', MAX_WORDS, 'Protocol error: invalid multibulk length')
      if (count === undefined) return undefined
      if (count <= 0) return []
      this.words = []
      this.wordsLeft = count
    }
    while (this.wordsLeft > 0) {
      const word = this.bulk()
      if (word === undefined) return undefined
      this.words.push(word)
      this.wordsLeft--
    }
    return this.words
  }

  private bulk(): string | undefined {
    if (this.at >= this.bytes.length) return undefined
    if (this.bytes[this.at] !== DOLLAR)
      throw new ProtocolError(
        `Protocol error: expected '$', got '${String.fromCharCode(this.bytes[this.at])}'`,
      )
    const start = this.at
    const length = this.count('bulk', MAX_BULK, 'Protocol error: invalid bulk length')
    if (length === undefined) return undefined
    if (length < 0) throw new ProtocolError('Protocol error: invalid bulk length')
    const end = this.at + length
    if (this.bytes.length < end + 2) {
      this.wanted = end + 2 - start
      this.at = start
      return undefined
    }
    // A longer slice would keep the whole text in memory.
    const isShort = length < SHORT
    const word = isShort ? this.text.slice(this.at, end) : this.bytes.toString('latin1', this.at, end)
    this.at = end + 2
    return word
  }

  /** The number in a header such as `*3`; undefined if its line isn't complete. */
  private count(what: string, most: number, message: string): number | undefined {
    let at = this.at + 1
    let value = 0
    const isNegative = this.bytes[at] === 45
    if (isNegative) at++
    const first = at
    for (; at < this.bytes.length && this.bytes[at] !== RETURN; at++) {
      const digit = this.bytes[at] - 48
      if (digit < 0 || digit > 9 || at - first > 18) throw new ProtocolError(message)
      value = value * 10 + digit
    }
    if (at + 1 >= this.bytes.length) {
      if (at - this.at > MAX_INLINE) throw new ProtocolError(`Protocol error: too big ${what} count string`)
      return undefined
    }
    if (at === first || value > most) throw new ProtocolError(message)
    this.at = at + 2
    return isNegative ? -value : value
  }

  private inline(): string[] | undefined {
    const end = this.bytes.indexOf(NEWLINE, this.at)
    if ((end < 0 ? this.bytes.length : end) - this.at > MAX_INLINE)
      throw new ProtocolError('Protocol error: too big inline request')
    if (end < 0) return undefined
    const line = this.bytes.toString('latin1', this.at, end)
    this.at = end + 1
    const words = splitWords(line)
    if (!words) throw new ProtocolError('Protocol error: unbalanced quotes in request')
    return words
  }
}
