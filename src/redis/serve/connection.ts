import type { Socket } from 'node:net'
import { type Client, typeOfClient } from '../client.js'
import { RedisError, type Reply, type Several, WAITS } from '../reply.js'
import { Decoder } from './decode.js'
import { piecesOf } from './encode.js'
import { Outbox } from './outbox.js'
import { peerOf } from './peer-of.js'
import type { Traffic } from './traffic.js'

/** Undecoded bytes of a client that can't go on at which no more are read. */
const MAX_BEHIND = 256 << 10
/** Commands that take a word which is longer than a text can be: all of them store or return it. */
const TAKE_LONG_WORDS = new Set([
  ...['set', 'setnx', 'setex', 'psetex', 'getset', 'mset', 'msetnx', 'append', 'setrange', 'echo'],
])
/** What an HTTP request begins with, or its line for the host. */
const HTTP = /^(post|host:)$/i

/** One client over TCP. Commands that came in one chunk are answered in one write. */
export class Connection {
  readonly client: Client
  private readonly decoder: Decoder
  private readonly outbox: Outbox
  private isRunning = false
  /** It has so much to read that its commands wait. */
  private isFull = false
  private isPaused = false
  /** The client sends no more. */
  private isDone = false
  private hasEnded = false
  /** Since when its output has been over the soft limit, in milliseconds of the clock. */
  private softSince: number | undefined

  constructor(
    private readonly traffic: Traffic,
    private readonly socket: Socket,
  ) {
    const { store } = traffic
    this.outbox = new Outbox(socket, () => store.now, traffic)
    const peer = peerOf(
      socket,
      () => this.killed(),
      () => ({ input: this.decoder.left, output: this.unread }),
    )
    this.client = store.connect((reply) => this.guarded(() => this.deliver(reply)), peer)
    this.decoder = new Decoder(store.settings)
    const { tcpKeepalive } = store.settings
    socket.setKeepAlive(tcpKeepalive > 0, tcpKeepalive * 1000)
    // A socket that takes all bytes at once is drained at once: it would go on before it is anybody else's turn.
    socket.on('drain', () => traffic.waitForTurn(this))
    socket.on('end', () => this.guarded(() => this.noMore()))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      this.hasEnded = true
      store.disconnect(this.client)
    })
  }

  private killed(): void {
    this.hasEnded = true
    this.socket.destroy()
  }

  get unread(): number {
    return this.outbox.unread
  }

  get stalledSince(): number {
    return this.outbox.stalledSince
  }

  cut(why: string): void {
    this.traffic.log(`Client ${this.client.id} at ${this.socket.remoteAddress}: ${why}`)
    this.hasEnded = true
    this.socket.destroy()
  }

  catchUp(): void {
    this.guarded(() => {
      this.outbox.send()
      if (this.isFull) this.isFull = this.unread > this.traffic.maxUnread
      this.run()
    })
  }

  checkLimits(): void {
    const { store } = this.traffic
    const kind = typeOfClient(this.client)
    const { hard, soft, softSeconds } = store.settings.clientOutputBufferLimit[kind]
    const { unread } = this
    if (soft === 0 || unread < soft) this.softSince = undefined
    else this.softSince ??= store.now
    const isLong = this.softSince !== undefined && store.now - this.softSince > softSeconds * 1000
    if (isLong || (hard > 0 && unread >= hard)) this.cut('closed for overcoming of output buffer limits')
  }

  checkIdle(): void {
    const { usedAt, waiting, isSubscribed, server } = this.client
    const isIdle = server.now - usedAt > server.settings.timeout * 1000
    if (isIdle && waiting === undefined && !isSubscribed) this.cut('closed for being idle')
  }

  /** Takes what has come. The memory of the chunk is used again once this returns. */
  take(chunk: Buffer): void {
    if (this.hasEnded) return
    this.guarded(() => {
      const { decoder } = this
      const { stats, settings } = this.traffic.store
      stats.inputBytes += chunk.length
      decoder.push(chunk)
      if (decoder.left > settings.clientQueryBufferLimit)
        this.cut('closed for reaching the limit of its query buffer')
      else if (this.traffic.isCrowd && this.traffic.busy.has(this)) this.traffic.waitForTurn(this)
      else this.run()
      decoder.keep()
    })
  }

  /** A fault ends this connection and no other. */
  private guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.cut(`closed after a fault of cachelab: ${String(error)}`)
    }
  }

  /** Commands that have come are still answered. */
  private noMore(): void {
    this.isDone = true
    if (this.client.waiting) this.socket.destroy()
    else this.run()
  }

  /** Runs the commands that have come, until the client's turn is over or it must wait. */
  private run(): void {
    if (this.isRunning || this.isFull || this.hasEnded) return
    this.outbox.send()
    const { client, decoder } = this
    const { store, output } = this.traffic
    this.isRunning = true
    output.to(this.write)
    store.tick()
    this.traffic.checkHeap()
    const end = store.now + this.traffic.turnMs
    let isOver = false
    while (!this.isFull && !client.waiting && !client.isClosing) {
      decoder.isUntrusted = client.isLocked
      const argv = decoder.next()
      if (argv === undefined) break
      this.perform(argv)
      isOver = store.now > end
      if (isOver) break
    }
    store.settle()
    output.flush()
    this.isRunning = false
    this.traffic.catchUp()
    this.afterRun(isOver)
  }

  private afterRun(isOver: boolean): void {
    const { client, decoder, socket } = this
    const { busy } = this.traffic
    if (isOver) busy.add(this)
    else if (busy.size > 0 && this.unread === 0) busy.delete(this)
    if (decoder.fault !== undefined && !client.isClosing) {
      client.isClosing = true
      for (const piece of piecesOf(new RedisError(`ERR ${decoder.fault}`), client.protocol))
        this.outbox.write(piece)
    }
    if (client.isClosing || (this.isDone && !isOver && !this.isFull)) {
      this.hasEnded = true
      this.outbox.end()
      return
    }
    if (isOver) this.traffic.waitForTurn(this)
    const isBehind = (isOver || this.isFull || client.waiting !== undefined) && decoder.left > MAX_BEHIND
    if (isBehind === this.isPaused) return
    this.isPaused = isBehind
    if (isBehind) socket.pause()
    else socket.resume()
  }

  private perform(argv: readonly string[]): void {
    const { store } = this.traffic
    const { client } = this
    if (this.decoder.hasLongWord && !TAKE_LONG_WORDS.has(String(argv[0]).toLowerCase())) {
      this.add(
        new RedisError('ERR cachelab takes a word of more than 536870888 bytes only as a value of a string'),
      )
      return
    }
    const answer = store.perform(client, argv)
    if (answer === WAITS) return
    if (answer instanceof RedisError && HTTP.test(argv[0])) {
      this.traffic.warnOfHttp()
      this.hasEnded = true
      client.isClosing = true
      this.socket.destroy()
      return
    }
    this.add(answer)
  }

  private add(reply: Reply | Several): void {
    const { store, output } = this.traffic
    const { protocol } = this.client
    try {
      output.add(reply, protocol)
    } catch (error) {
      output.add(store.errorReply(error, 'a reply'), protocol)
    }
  }

  private deliver(reply: Reply | Several): void {
    if (this.hasEnded) return
    if (this.isRunning) {
      this.add(reply)
      return
    }
    for (const piece of this.traffic.piecesOf(reply, this.client.protocol)) {
      this.traffic.store.stats.outputBytes += piece.length
      this.outbox.add(piece)
    }
    this.traffic.isLate(this)
    if (this.client.isSubscribed) this.checkLimits()
  }

  private readonly write = (piece: Buffer): boolean => {
    if (this.hasEnded) return true
    const { outbox, traffic } = this
    traffic.store.stats.outputBytes += piece.length
    const isFree = outbox.write(piece)
    if (isFree && outbox.unread === 0) return true
    traffic.unread += piece.length
    traffic.busy.add(this)
    this.isFull = outbox.unread > traffic.maxUnread
    return isFree
  }
}
