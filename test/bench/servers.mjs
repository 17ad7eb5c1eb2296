/** Sentinel and Cluster timelines, random schedules, slots of keys, and real nodes beside Redis's own client. */
import { spawn, spawnSync } from 'node:child_process'
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
}
