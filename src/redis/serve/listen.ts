import { createServer, type Socket, type Server as TcpServer } from 'node:net'
import type { Server } from '../server.js'
import { quoted } from '../split.js'
import { Connection } from './connection.js'
import { SharedBuffer } from './shared-buffer.js'
import { Traffic } from './traffic.js'

const TICK_MS = 20

/** Redis's words for a client from another machine while there is no password. */
const DENIED =
  "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user. In this mode connections are only accepted from the loopback interface. If you want to connect from external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If you started the server manually just for testing, restart it with the '--protected-mode no' option. 4) Setup a an authentication password for the default user. NOTE: You only need to do one of the above things in order for the server to start accepting connections from the outside.\r\n"

export interface Listening {
  readonly port: number
  /** Ends all connections and stops listening. */
  stop(): Promise<void>
}

/** Serves a store over TCP in RESP2 and RESP3. Rejects if it can't listen on the port. */
export function listen(
  store: Server,
  port: number,
  host: string,
  log: (line: string) => void = () => {},
): Promise<Listening> {
  store.turns = { now: () => performance.now(), later: (task) => setImmediate(task) }
  store.onLog = (_, text) => log(`Script: ${quoted(text)}`)
  const traffic = new Traffic(store, log)
  store.onFault = (error, what) => log(`Fault of cachelab in ${quoted(what.slice(0, 40))}: ${String(error)}`)
  const sockets = new Set<Socket>()
  const received = new SharedBuffer()
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (accepted) => {
    const refusal = refusalOf(store, accepted)
    if (refusal !== undefined) {
      accepted.on('error', () => accepted.destroy())
      accepted.write(refusal)
      accepted.destroySoon()
      return
    }
    const socket = received.receive(accepted, (chunk) => connection.take(chunk))
    const connection = new Connection(traffic, socket)
    sockets.add(socket)
    traffic.connections.add(connection)
    socket.on('close', () => {
      sockets.delete(socket)
      traffic.connections.delete(connection)
      traffic.busy.delete(connection)
    })
  })
  const ticking = setInterval(() => tick(traffic), TICK_MS)
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

/** What a client is told instead of being served. */
function refusalOf({ settings, clients, stats }: Server, { remoteAddress }: Socket): string | undefined {
  if (settings.protectedMode && settings.requirepass === '' && !isLocal(remoteAddress)) {
    stats.rejectedConnections++
    return DENIED
  }
  if (clients.size < settings.maxclients) return undefined
  stats.rejectedConnections++
  return '-ERR max number of clients reached\r\n'
}

/** Expires keys, gives up waits, shrinks the tracking table, and cuts clients that don't read. */
function tick(traffic: Traffic): void {
  try {
    traffic.store.tick()
    if (!traffic.store.isCronPaused) traffic.store.tracking?.limit()
    traffic.tick()
  } catch (error) {
    traffic.log(`fault between commands: ${String(error)}`)
  }
}

/** Whether a client runs on this machine, as Redis tells it by the address. */
function isLocal(address = ''): boolean {
  return ['127.0.0.1', '::1'].includes(address.replace(/^::ffff:/, ''))
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
