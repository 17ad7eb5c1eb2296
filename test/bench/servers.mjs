/** Sentinel and Cluster timelines, random schedules, slots of keys, and real nodes beside Redis's own client. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import calculateSlot from 'cluster-key-slot'
import {
  Client,
  HashRing,
  Membership,
  parseAddresses,
  promised,
  RemoteSession,
  realClock,
  slotOf,
  Versions,
} from '../../dist/library/index.cjs'
import { heading, inTurn, line, median, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const command = (text, rounds = 3) =>
  median(Array.from({ length: rounds }, () => wholeProcess([program, ...text.split(' ')]).milliseconds))

heading('A timeline of 20 s at 2,000 requests a second, as a whole process; wanted: less than 1.5 s')
for (const text of ['sentinel run --kill master@1s', 'cluster failover']) line(text, command(text))

heading('cluster verify --schedules 500; wanted: less than 30 s')
line('on all cores', command('cluster verify --schedules 500', 1))

heading('Slots of keys; wanted: 20 million a second')
const KEYS = Array.from({ length: 1000 }, (_, i) => `key-${i}`)
const ROUNDS = 2000
let sum = 0
const slots = inTurn({
  'slotOf (bytes)': () => {
    for (let round = 0; round < ROUNDS; round++) for (const key of KEYS) sum += slotOf(key)
  },
  'cluster-key-slot': () => {
    for (let round = 0; round < ROUNDS; round++) for (const key of KEYS) sum += calculateSlot(key)
  },
})
const count = ROUNDS * KEYS.length
for (const [name, ms] of Object.entries(slots))
  line(
    name,
    ms,
    `${(count / ms / 1000).toFixed(1)} million/s, ${(slots['cluster-key-slot'] / ms).toFixed(2)} × cluster-key-slot`,
  )
if (sum === 0) throw new Error('no slots')

if (spawnSync('redis-server', ['--version']).error) heading('redis-server is not installed: no real nodes')
else {
  heading('10,000 reads from a real Redis, one after the other; wanted: at most 1.5 × the official client')
  const port = 20_000 + (process.pid % 9000)
  const server = spawn('redis-server', ['--port', String(port), '--save', ''])
  for await (const text of server.stdout) if (String(text).includes('Ready to accept')) break
  server.stdout.resume()
  const url = `redis://127.0.0.1:${port}`
  const { createClient } = await import('redis')
  const official = createClient({ url, RESP: 2, disableClientInfo: true })
  await official.connect()
  const session = await RemoteSession.open(parseAddresses('url', url), {})
  const reads = 10_000
  const positions = Uint32Array.from({ length: reads }, (_, i) => i)
  const nodes = ['node-A']
  const membership = new Membership(nodes, [0], positions, 1, (names) => new HashRing(names))
  const client = new Client(realClock, session, membership, new Versions(), {
    ...{ mode: 'sync', writeQuorum: 1, readQuorum: 1, timeout: 2000, remember: 0, hints: false },
  })
  for (let key = 0; key < reads; key++) await promised(client.set(key))
  const times = { ours: [], official: [] }
  for (let round = -1; round < 5; round++) {
    let start = performance.now()
    for (let key = 0; key < reads; key++) await promised(client.get(key))
    if (round >= 0) times.ours.push(performance.now() - start)
    start = performance.now()
    for (let key = 0; key < reads; key++) await official.get(`${session.prefix}${key}`)
    if (round >= 0) times.official.push(performance.now() - start)
  }
  line('redis, the official client', median(times.official))
  line(
    'the client of the replication lab',
    median(times.ours),
    `${(median(times.ours) / median(times.official)).toFixed(2)} × the official client`,
  )
  await session.end()
  official.destroy()
  server.kill()

  heading('1,000,000 keys on servers of this machine, written, found and deleted; wanted: less than 20 s')
  const MILLION = 1_000_000
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  process.env.XDG_STATE_HOME = folder
  const cachelab = (...args) => execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  const up = cachelab('lab', 'up', '--redis', '3', '--cluster', '6')
  try {
    const of = (role) => [...up.matchAll(new RegExp(`^${role} +(redis:\\S+)$`, 'gm'))].map(([, url]) => url)
    const [plain, cluster] = [of('redis'), of('cluster')]
    const options = [
      '-p',
      new URL(plain[0]).port,
      '-t',
      'set',
      '-n',
      MILLION,
      '-r',
      MILLION,
      '-P',
      1000,
      '-c',
      1,
      '-q',
    ]
    let start = performance.now()
    execFileSync('redis-benchmark', options.map(String))
    const written = performance.now() - start
    line('redis-benchmark -P 1000, only written, 1 server', written, rate(written))
    start = performance.now()
    await writtenByIoredis(new URL(cluster[0]).port)
    const byIoredis = performance.now() - start
    line('ioredis, only written, cluster', byIoredis, rate(byIoredis))
    const script = join(folder, 'script')
    const sets = Array.from({ length: MILLION }, (_, i) => `SET key-${i} v\n`)
    writeFileSync(script, `!pipeline\n${sets.join('')}!end\n`)
    for (const [name, ...args] of [
      ['ring --connect, 3 servers', 'ring', '--connect', plain.join(','), '--keys', MILLION],
      ['ring --connect, cluster of 3 masters', 'ring', '--connect', cluster[0], '--keys', MILLION],
      ['cluster run --connect, a pipeline', 'cluster', 'run', script, '--connect', cluster[0]],
    ]) {
      const { milliseconds, megabytes } = wholeProcess([program, ...args.map(String)], { memory: true })
      const times = (other) => (milliseconds / other).toFixed(1)
      line(
        name,
        milliseconds,
        `${rate(milliseconds)}, ${megabytes.toFixed(0)} MB, ${times(written)} × redis-benchmark, ${times(byIoredis)} × ioredis`,
      )
    }
  } finally {
    cachelab('lab', 'down')
    rmSync(folder, { recursive: true })
  }

  function rate(milliseconds) {
    return `${Math.round(MILLION / milliseconds)},000 keys/s`
  }

  /** All keys by the client of a cluster, as many at once as a pipeline of ours has. */
  async function writtenByIoredis(port) {
    const { Cluster } = await import('ioredis')
    const client = new Cluster([{ host: '127.0.0.1', port: Number(port) }])
    for (let from = 0; from < MILLION; from += 1000)
      await Promise.all(Array.from({ length: 1000 }, (_, i) => client.set(`bench-${from + i}`, 'v')))
    client.disconnect()
  }
}
