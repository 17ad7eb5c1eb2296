import { connect, createServer } from 'node:net'

/** Where servers of a lab listen. */
export const HOST = '127.0.0.1'
/** Ports to try; nodes of a cluster also take the one 10,000 above. */
const PORTS = { first: 20_000, last: 29_999 }
const BUS = 10_000

/** Whether a process, Redis or memcached, answers at a port: another one may have taken the port in the meantime. */
export function isServing(port: number, pid: number): Promise<boolean> {
  const pidLine = new RegExp(`^(process_id:|STAT pid )${pid}\r$`, 'm')
  return new Promise((resolve) => {
    let reply = ''
    const end = (isIt: boolean) => {
      socket.destroy()
      resolve(isIt)
    }
    // Each takes one of the two lines for an error, answers it, and tells its process id in the other answer.
    const socket = connect(port, HOST, () => socket.write('INFO server\r\nstats\r\n'))
    socket.setTimeout(1000, () => end(false))
    socket.on('error', () => end(false)).on('close', () => end(false))
    socket.setEncoding('latin1').on('data', (text: string) => {
      reply += text
      if (pidLine.test(reply)) end(true)
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
