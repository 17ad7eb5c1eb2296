import { connect, createServer } from 'node:net'

/** Where servers of a lab listen. */
export const HOST = '127.0.0.1'
/** Ports to try; nodes of a cluster also take the one 10,000 above. */
const PORTS = { first: 20_000, last: 29_999 }
const BUS = 10_000

/** Whether somebody takes connections at a port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

/** Ports that nothing listens at, nor at those a cluster would take for its bus. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  const span = PORTS.last - PORTS.first
  const from = process.pid % span
  for (let i = 0; ports.length < count && i < span; i++) {
    const port = PORTS.first + ((from + i) % span)
    if ((await canListen(port)) && (await canListen(port + BUS))) ports.push(port)
  }
  return ports
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, HOST, () => server.close(() => resolve(true)))
  })
}
