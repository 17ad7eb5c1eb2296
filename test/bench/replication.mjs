/** The simulated cluster: requests a second, whole commands beside an empty process, and growth. */
import { fileURLToPath } from 'node:url'
import { Cluster, HashRing, hashFunctions, hashText, nodeNames, start } from '../../dist/library/index.cjs'
import { heading, inTurn, line, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const READS = 1_000_000
const CLIENTS = 16

function cluster(keys, nodes, replicas, mode = 'sync') {
  const positions = Uint32Array.from({ length: keys }, (_, i) =>
    hashText(hashFunctions.murmur3.hash, `key-${i}`),
  )
  const made = new Cluster({
    ...{ nodes: nodeNames(nodes), positions, replicas, placeOn: (names) => new HashRing(names) },
    ...{ mode, writeQuorum: 2, readQuorum: 2, timeout: 50, remember: 0, hints: false },
    ...{ heartbeat: 250, patience: 1000, hop: 0.5, jitter: 0.1, serviceTime: 0.02, lag: 10, seed: 1 },
  })
  made.preload()
  return made
}

/** Keeps a number of clients busy, each with one request after the other. */
function busy(made, count, request) {
  let sent = 0
  const next = () => {
    if (sent < count) start(request(sent++), next)
  }
  for (let i = 0; i < CLIENTS; i++) next()
  made.clock.run()
}

const reads = (made, keys, count = READS) => busy(made, count, (i) => made.client.get((i * 7919) % keys))
const writes = (made, keys, count = READS) => busy(made, count, (i) => made.client.set((i * 7919) % keys))
const perSecond = (count, ms) => `${(count / ms / 1000).toFixed(2)} million/s`

heading(`A million requests, 10,000 keys, 3 nodes, 2 copies, ${CLIENTS} at a time`)
const clusters = { sync: cluster(10_000, 3, 2), quorum: cluster(10_000, 3, 3, 'quorum') }
const measured = inTurn(
  {
    'reads from one owner': () => reads(clusters.sync, 10_000),
    'writes to both owners': () => writes(clusters.sync, 10_000),
    'reads of a quorum of 2 of 3': () => reads(clusters.quorum, 10_000),
  },
  3,
)
for (const [name, ms] of Object.entries(measured)) line(name, ms, perSecond(READS, ms))

heading('Whole commands, beside node -e 0')
const empty = median(9, ['-e', '0'])
line('node -e 0', empty)
for (const args of [
  [],
  ['--kill', 'node-B'],
  ['timeline', '--kill', 'node-B@2s'],
  ['check', '--schedules', '1000'],
]) {
  const ms = median(args[0] === 'check' ? 1 : 9, [program, 'replicate', ...args])
  line(`replicate ${args.join(' ')}`, ms, `${(ms / empty).toFixed(2)} × an empty process`)
}
const large = wholeProcess(
  [program, 'replicate', '--keys', '1000000', '--replicas', '3', '--kill', 'node-B'],
  {
    memory: true,
  },
)
line(
  'replicate --keys 1000000 --replicas 3',
  large.milliseconds,
  `${large.megabytes.toFixed(0)} MB at the peak`,
)

function median(rounds, args) {
  const times = Array.from({ length: rounds }, () => wholeProcess(args).milliseconds).sort((a, b) => a - b)
  return times[rounds >> 1]
}

heading('Growth: 200,000 reads, one thing larger at a time')
for (const [keys, nodes, replicas] of [
  [10_000, 3, 2],
  [100_000, 3, 2],
  [1_000_000, 3, 2],
  [10_000, 30, 2],
  [10_000, 100, 2],
  [10_000, 30, 10],
]) {
  const made = cluster(keys, nodes, replicas)
  const before = performance.now()
  reads(made, keys, 200_000)
  const ms = performance.now() - before
  line(`${keys} keys, ${nodes} nodes, ${replicas} copies`, ms, perSecond(200_000, ms))
}
