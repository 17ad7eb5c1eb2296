/**
 * `redis serve` beside a real redis-server: all tests of redis-benchmark in turn on both, medians of several runs.
 * Arguments: the runs (5), and the tests, separated by commas.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { heading, median } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const ALL =
  'ping_inline,ping_mbulk,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,zadd,zpopmin,lrange_100,lrange_300,lrange_500,lrange_600,mset'
const [runs = 5, tests = ALL] = process.argv.slice(2)
const REQUESTS = { 1: 20_000, 16: 100_000 }
/** Tests whose ratio is to be reached, with and without pipelining; no other is to be slower than LEAST. */
const MAIN = new Set(['set', 'get', 'incr', 'lpush', 'sadd', 'zadd'])
const WANTED = { 1: 0.6, 16: 0.4 }
const LEAST = 0.2

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return String(port)
}

/** Requests a second, and the processor time of the server for each in microseconds, where the system tells it. */
function measure({ port, pid }, test, pipeline) {
  const requests = test.startsWith('lrange') ? REQUESTS[pipeline] / 10 : REQUESTS[pipeline]
  const before = processorTime(pid)
  const args = ['-p', port, '-t', test, '-n', requests, '-P', pipeline, '--csv']
  const { stdout } = spawnSync('redis-benchmark', args.map(String), { encoding: 'utf8' })
  const rate = Number([...stdout.matchAll(/^"[^"]*","([\d.]+)"/gm)].at(-1)[1])
  return { rate, cpu: ((processorTime(pid) - before) / requests) * 1e6 }
}

function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

async function start(command, args) {
  const port = await freePort()
  const child = spawn(command, [...args, '--port', port], { stdio: 'ignore' })
  return { port, pid: child.pid, child }
}

if (spawnSync('redis-benchmark', ['--version']).error)
  heading('redis-benchmark is not installed: nothing over TCP')
else {
  const servers = [
    await start(process.execPath, [program, 'redis', 'serve']),
    await start('redis-server', ['--save', '']),
  ]
  await new Promise((resolve) => setTimeout(resolve, 1000))
  for (const pipeline of [1, 16]) {
    heading(
      `Over TCP by redis-benchmark, ${pipeline === 1 ? 'one request' : `${pipeline} requests`} at a time; wanted: ${WANTED[pipeline]} × redis-server (*), ${LEAST} × for every command`,
    )
    for (const test of tests.split(',')) {
      const rates = [[], []]
      const cpu = [[], []]
      for (let i = 0; i < Number(runs); i++) {
        for (const [at, server] of servers.entries()) {
          const got = measure(server, test, pipeline)
          rates[at].push(got.rate)
          cpu[at].push(got.cpu)
        }
      }
      const [ours, theirs] = rates.map(median)
      const missed = ours / theirs < (MAIN.has(test) ? WANTED[pipeline] : LEAST)
      const times = cpu.map((values) => `${median(values).toFixed(1)} µs`).join(' and ')
      console.log(
        `  ${`${test}${MAIN.has(test) ? ' *' : ''}`.padEnd(14)}${Math.round(ours).toLocaleString('en').padStart(10)}/s  ${(ours / theirs).toFixed(2)} × redis-server${missed ? ' ✗' : ''}, processor time ${times}`,
      )
    }
  }
  for (const { child } of servers) child.kill()
}
