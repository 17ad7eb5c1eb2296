import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { Connection } from '../../../src/redis/serve/connection.js'
import { Traffic } from '../../../src/redis/serve/traffic.js'
import { Server } from '../../../src/redis/server.js'

/** The server's end of a connection whose client reads at once. */
class Wire extends EventEmitter {
  readonly writableLength = 0
  readonly remoteAddress = '127.0.0.1'
  readonly remotePort = 1
  readonly localAddress = '127.0.0.1'
  readonly localPort = 6379
  readonly sent: string[] = []
  isClosed = false

  write(piece: Buffer): boolean {
    if (!this.isClosed) this.sent.push(piece.toString('latin1'))
    return true
  }

  destroy(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.emit('close')
  }

  readonly destroySoon = () => this.destroy()
  readonly cork = () => {}
  readonly uncork = () => {}
  readonly pause = () => {}
  readonly resume = () => {}
  readonly setKeepAlive = () => {}
}

/** What came of bytes. */
export interface Heard {
  readonly replies: string
  readonly isClosed: boolean
  /** What another client is told that asks PING afterwards. */
  readonly pong: string
  /** Exceptions that are no replies. */
  readonly faults: readonly string[]
}

/** Milliseconds after which a pause or the time limit of anything is over. */
const LONG = 1e15

/** Sends packets to a server of their own, whose time stands still. */
export async function send(packets: readonly Buffer[]): Promise<Heard> {
  const faults: string[] = []
  const store = new Server()
  store.turns = { now: () => store.now, later: (task) => setImmediate(task) }
  store.onFault = (error, what) => faults.push(`${what.slice(0, 40)}: ${String(error)}`)
  const traffic = new Traffic(store, (line) => line.includes('fault') && faults.push(line))
  const open = () => {
    const wire = new Wire()
    const connection = new Connection(traffic, wire as unknown as Socket)
    traffic.connections.add(connection)
    wire.on('close', () => traffic.connections.delete(connection))
    return { wire, connection }
  }
  const { wire, connection } = open()
  for (const packet of packets) {
    // As from the shared buffer: its memory changes once it is taken.
    const chunk = Buffer.from(packet)
    if (!wire.isClosed) connection.take(chunk)
    chunk.fill(0xaa)
    await new Promise(setImmediate)
  }
  const { isClosed } = wire
  const replies = wire.sent.join('')
  store.clock.advance(LONG)
  store.tick()
  const other = open()
  other.connection.take(Buffer.from('*1\r\n$4\r\nPING\r\n'))
  await new Promise(setImmediate)
  const pong = other.wire.sent.join('')
  for (const one of [wire, other.wire]) one.destroy()
  return { replies, isClosed, pong, faults }
}
