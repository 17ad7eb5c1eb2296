import type { Socket } from 'node:net'

/** A waiting piece of more bytes is kept as it is; of a shorter one a copy is, so that its memory is used again. */
const MAX_COPIED = 32 << 10

/** Output that a client hasn't read yet. */
export class Outbox {
  private pieces: Buffer[] = []
  private next = 0
  private waiting = 0
  private isEnding = false
  /** Since when the client has read nothing of what waits, in milliseconds of the clock. */
  stalledSince = Number.POSITIVE_INFINITY

  constructor(
    private readonly socket: Socket,
    private readonly now: () => number,
    /** How many bytes the socket has at a time; with the next ones it waits until it has sent these. */
    private readonly limits: { readonly step: number },
  ) {}

  get unread(): number {
    return this.socket.writableLength + this.waiting
  }

  /** Writes a piece; true if its memory isn't needed any more. */
  write(piece: Buffer): boolean {
    const { socket } = this
    if (this.waiting === 0 && socket.writableLength === 0 && piece.length <= this.limits.step) {
      socket.write(piece)
      if (socket.writableLength === 0) return true
      this.stalledSince = this.now()
      return false
    }
    const isCopied = piece.length <= MAX_COPIED
    this.add(isCopied ? Buffer.from(piece) : piece)
    this.send()
    return isCopied
  }

  /** Adds a piece, which isn't written before `send`. */
  add(piece: Buffer): void {
    if (this.waiting === 0) this.stalledSince = this.now()
    this.pieces.push(piece)
    this.waiting += piece.length
  }

  /** Gives the socket what it can take. To call when it is drained, too. */
  send(): void {
    const { socket, pieces } = this
    if (this.waiting === 0) return
    const { step } = this.limits
    if (socket.writableLength >= step) return
    this.stalledSince = this.now()
    socket.cork()
    while (this.waiting > 0 && socket.writableLength < step) {
      const piece = pieces[this.next]
      const part = piece.length > step ? piece.subarray(0, step) : piece
      if (part === piece) this.next++
      else pieces[this.next] = piece.subarray(step)
      this.waiting -= part.length
      socket.write(part)
    }
    socket.uncork()
    if (this.waiting > 0 && this.next < pieces.length / 2) return
    this.pieces = pieces.slice(this.next)
    this.next = 0
    if (this.isEnding && this.waiting === 0) socket.destroySoon()
  }

  /** Ends the connection once everything is written. */
  end(): void {
    this.isEnding = true
    if (this.waiting === 0) this.socket.destroySoon()
  }
}
