/** The memory of `redis serve` with many connections, and with clients that send commands and read no replies. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { heading } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const MB = 1024 ** 2

/** Starts a server of its own and tells how its memory grows while `load` runs; then whether it still answers. */
async function measured(what, load) {
  const server = spawn(process.execPath, [program, 'redis', 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout.setEncoding('utf8'), 'data')
  const port = Number(/:(\d+) /.exec(line)[1])
  const status = () => readFileSync(`/proc/${server.pid}/status`, 'utf8')
  const megabytes = (field) => Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status())[1]) / 1024)
  const before = megabytes('VmRSS')
  const sockets = await load(port)
  await sleep(3000)
  const asked = await dial(port)
  const start = performance.now()
  asked.write('PING\r\n')
  await once(asked, 'data')
  const took = performance.now() - start
  console.log(
    `  ${what.padEnd(70)} ${before} MB at the start, ${megabytes('VmHWM')} MB at most; another client’s PING: ${took.toFixed(1)} ms`,
  )
  for (const socket of [...sockets, asked]) socket.destroy()
  server.kill()
  await once(server, 'exit')
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function dial(port) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function dialled(port, count) {
  const sockets = []
  for (let i = 0; i < count; i++) sockets.push(await dial(port))
  return sockets
}

const bulk = (...words) =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`

/** Clients that send commands as long as the server takes them, and read nothing. */
const deaf = (clients, commands, value) => async (port) => {
  const first = await dial(port)
  first.write(bulk('SET', 'k', 'x'.repeat(value)))
  await once(first, 'data')
  const sockets = await dialled(port, clients)
  const bytes = Buffer.from(bulk('GET', 'k').repeat(commands))
  for (const socket of sockets) socket.pause().write(bytes)
  return [first, ...sockets]
}

if (process.platform !== 'linux') heading('The memory of redis serve is measured on Linux only')
else {
  heading('Memory of redis serve')
  await measured('5,000 connections that do nothing', (port) => dialled(port, 5000))
  await measured('1,000,000 GETs of 100 bytes from one client that reads nothing', deaf(1, 1_000_000, 100))
  await measured('1,000,000 GETs of 10 kB from one client that reads nothing', deaf(1, 1_000_000, 10_000))
  await measured('1,000,000 GETs of 10 kB from 100 clients that read nothing', deaf(100, 10_000, 10_000))
  await measured('50,000 GETs of 1 MB from 1,000 clients that read nothing', deaf(1000, 50, MB))
  await measured('1,000,000 GETs of 1 kB from 5,000 clients that read nothing', deaf(5000, 200, 1000))
}
