import { formatDouble } from '../numbers.js'
import {
  BigNumber,
  Double,
  NO_ARRAY,
  OK,
  RedisError,
  type Reply,
  Several,
  Status,
  Truth,
  Typed,
  Verbatim,
} from '../reply.js'
import { Bytes } from '../values/bytes.js'

/** Bytes of the replies that are written together. */
const PIECE = 64 << 10
/** A reply of this many bytes is a piece of its own. */
const OWN_PIECE = 16 << 10
/** Up to this length a loop is faster than a call of Buffer. */
const SHORT = 24

const DOLLAR = 36
const STAR = 42
const COLON = 58

/** Takes a piece of the output; true once its memory isn't needed any more. */
export type Sink = (piece: Buffer) => boolean

/**
 * Encodes replies in RESP2 or RESP3 into pieces of memory. RESP3 has types for what RESP2 flattens into arrays. Redis's
 * protocol specification, "RESP protocol description".
 */
export class Output {
  private piece: Buffer = Buffer.allocUnsafeSlow(PIECE)
  private at = 0
  private sent = 0
  private isResp3 = false
  private sink: Sink = () => true

  /** Where pieces go from now on. */
  to(sink: Sink): void {
    this.sink = sink
  }

  /** Adds a reply. If it throws, nothing was added; false if a part of it has been sent by then. */
  add(reply: Reply | Several, protocol: 2 | 3): boolean {
    const { at, sent } = this
    this.isResp3 = protocol === 3
    try {
      this.reply(reply)
    } catch (error) {
      if (this.sent !== sent) return false
      this.at = at
      throw error
    }
    return true
  }

  /** Sends what has been encoded. */
  flush(): void {
    if (this.at === 0) return
    const { at } = this
    this.at = 0
    this.send(this.piece.subarray(0, at))
  }

  private send(piece: Buffer): void {
    this.sent++
    if (!this.sink(piece) && piece.buffer === this.piece.buffer) this.piece = Buffer.allocUnsafeSlow(PIECE)
  }

  private reply(reply: Reply | Several): void {
    if (typeof reply === 'string') this.bulk(reply)
    else if (typeof reply === 'number') this.header(COLON, reply)
    else if (reply === null) this.text(this.isResp3 ? '_\r\n' : '$-1\r\n')
    else if (reply === OK) this.text('+OK\r\n')
    else if (Array.isArray(reply)) this.items(STAR, reply as readonly Reply[])
    else this.rare(reply)
  }

  private rare(reply: Reply | Several): void {
    if (typeof reply === 'bigint') this.text(`:${reply}\r\n`)
    else if (reply === NO_ARRAY) this.text(this.isResp3 ? '_\r\n' : '*-1\r\n')
    else if (reply instanceof Status) this.text(`+${reply.text}\r\n`)
    else if (reply instanceof RedisError) this.text(`-${reply.text.replace(/[\r\n]/g, ' ')}\r\n`)
    else if (reply instanceof Double) this.double(reply.text ?? formatDouble(reply.value))
    else if (reply instanceof Typed) this.typed(reply)
    else if (reply instanceof Several) for (const one of reply.replies) this.reply(one)
    else if (reply instanceof Truth) this.truth(reply.value)
    else if (reply instanceof Verbatim && this.isResp3)
      this.text(`=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`)
    else if (reply instanceof BigNumber && this.isResp3) this.text(`(${reply.text}\r\n`)
    else if (reply instanceof Verbatim || reply instanceof BigNumber) this.bulk(reply.text)
    // A long argument that a command such as ECHO returns is kept as bytes too.
    else this.bytes(reply instanceof Bytes ? reply.view() : (reply as Uint8Array))
  }

  private bulk(text: string): void {
    const { length } = text
    if (length > SHORT || PIECE - this.at < SHORT + 16) {
      this.longBulk(text)
      return
    }
    const { piece } = this
    let { at } = this
    piece[at++] = DOLLAR
    if (length >= 10) piece[at++] = 48 + Math.floor(length / 10)
    piece[at++] = 48 + (length % 10)
    piece[at++] = 13
    piece[at++] = 10
    for (let i = 0; i < length; i++) piece[at++] = text.charCodeAt(i)
    piece[at++] = 13
    piece[at++] = 10
    this.at = at
  }

  private longBulk(text: string): void {
    this.header(DOLLAR, text.length)
    this.text(text)
    this.text('\r\n')
  }

  private bytes(bytes: Uint8Array): void {
    this.header(DOLLAR, bytes.length)
    this.flush()
    this.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    this.text('\r\n')
  }

  private double(text: string): void {
    if (this.isResp3) this.text(`,${text}\r\n`)
    else this.bulk(text)
  }

  private truth(value: boolean): void {
    if (this.isResp3) this.text(value ? '#t\r\n' : '#f\r\n')
    else this.header(COLON, Number(value))
  }

  private items(sign: number, items: readonly Reply[], count = items.length): void {
    this.header(sign, count)
    for (let i = 0; i < items.length; i++) this.reply(items[i])
  }

  private typed({ kind, items }: Typed): void {
    if (!this.isResp3) this.items(STAR, items)
    else if (kind === 'pairs') {
      this.header(STAR, items.length / 2)
      for (let i = 0; i < items.length; i += 2) this.items(STAR, items.slice(i, i + 2))
    } else
      this.items(SIGNS[kind], items, kind === 'map' || kind === 'attribute' ? items.length / 2 : items.length)
  }

  /** A sign, a number and the end of the line. */
  private header(sign: number, value: number): void {
    if (PIECE - this.at < 32) this.flush()
    const { piece } = this
    piece[this.at++] = sign
    if (value >= 0 && value < 10) piece[this.at++] = 48 + value
    else this.text(String(value))
    piece[this.at++] = 13
    piece[this.at++] = 10
  }

  private text(text: string): void {
    const { length } = text
    if (length > PIECE - this.at) this.flush()
    if (length > OWN_PIECE) {
      this.flush()
      this.send(Buffer.from(text, 'latin1'))
      return
    }
    const { piece } = this
    let { at } = this
    if (length > SHORT) at += piece.write(text, at, 'latin1')
    else for (let i = 0; i < length; i++) piece[at++] = text.charCodeAt(i)
    this.at = at
  }
}

const SIGNS = { map: 37, set: 126, push: 62, attribute: 124 }

const aside = new Output()

/** A reply as the pieces of memory that encode it. */
export function piecesOf(reply: Reply | Several, protocol: 2 | 3): Buffer[] {
  const pieces: Buffer[] = []
  // Shared memory is copied, so that the next reply doesn't change it.
  aside.to((piece) => {
    pieces.push(piece.length > OWN_PIECE ? piece : Buffer.from(piece))
    return piece.length <= OWN_PIECE
  })
  aside.add(reply, protocol)
  aside.flush()
  return pieces
}

/** A reply as text, one character a byte. */
export const encode = (reply: Reply | Several, protocol: 2 | 3): string =>
  Buffer.concat(piecesOf(reply, protocol)).toString('latin1')
