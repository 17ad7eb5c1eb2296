import { createServer, type Socket, type Server as TcpServer } from 'node:net'
import type { Client } from '../client.js'
import { RedisError, type Reply, type Several, WAITS } from '../reply.js'
import type { Server } from '../server.js'
import { Decoder } from './decode.js'
import { encode } from './encode.js'

const TICK_MS = 20
/** Unread bytes at which a client is disconnected. */
const MAX_UNREAD = 256 << 20

export interface Listening {
  readonly port: number
  /** Ends all connections and stops listening. */
  stop(): Promise<void>
}

/** Serves a store over TCP in RESP2 and RESP3. Rejects if it can't listen on the port. */
export function listen(store: Server, port: number, host: string): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    new Connection(store, socket)
  })
  const ticking = setInterval(() => store.tick(), TICK_MS)
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      clearInterval(ticking)
      reject(error)
    })
    server.listen(port, host, () => {
      resolve({ port: portOf(server), stop: () => stop(server, sockets, ticking) })
    })
  })
}

const portOf = (server: TcpServer) => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function stop(server: TcpServer, sockets: ReadonlySet<Socket>, ticking: NodeJS.Timeout): Promise<void> {
  clearInterval(ticking)
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

/** One client over TCP. Commands that came in one chunk are answered in one write. */
class Connection {
  private readonly client: Client
  private readonly decoder = new Decoder()
  /** Commands that came while the client is blocked. */
  private readonly behind: (readonly string[])[] = []
  private answers: string[] = []
  private isRunning = false

  constructor(
    private readonly store: Server,
    private readonly socket: Socket,
  ) {
    this.client = store.connect((reply) => this.deliver(reply))
    socket.on('data', (chunk: Buffer) => this.take(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => store.disconnect(this.client))
  }

  private take(chunk: Buffer): void {
    for (const command of this.decoder.push(chunk)) this.behind.push(command)
    this.runAll()
    const { fault } = this.decoder
    if (fault === undefined || this.socket.writableEnded) return
    this.socket.end(encode(new RedisError(`ERR ${fault}`), 2), 'latin1')
    this.store.disconnect(this.client)
  }

  private runAll(): void {
    const { client, store, behind } = this
    this.isRunning = true
    store.tick()
    let at = 0
    while (at < behind.length && !client.waiting && !client.isClosing) {
      const answer = store.perform(client, behind[at++])
      if (answer !== WAITS) this.send(answer)
    }
    behind.splice(0, at)
    this.isRunning = false
    this.flush()
    if (client.isClosing) this.socket.end()
  }

  private deliver(reply: Reply | Several): void {
    const isLate = this.behind.length > 0
    this.send(reply)
    if (this.isRunning) return
    this.flush()
    // The client is unblocked once this has been delivered.
    if (isLate) setImmediate(() => this.runAll())
  }

  private send(reply: Reply | Several): void {
    this.answers.push(encode(reply, this.client.protocol))
  }

  private flush(): void {
    if (this.answers.length === 0 || this.socket.destroyed) return
    this.socket.write(this.answers.length === 1 ? this.answers[0] : this.answers.join(''), 'latin1')
    this.answers = []
    if (this.socket.writableLength > MAX_UNREAD) this.socket.destroy()
  }
}
