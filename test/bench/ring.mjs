/** The ring beside npm's `hashring` and `consistent-hash`, in one run; then growth, and the program as a whole. */
import { fileURLToPath } from 'node:url'
import ConsistentHash from 'consistent-hash'
import Peer from 'hashring'
import { HashRing, hashFunctions, nodeNames } from '../../dist/library/index.cjs'
import { heading, inTurn, line, median, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const { md5, murmur3 } = hashFunctions
const ratio = (peer, ours) => `${(peer / ours).toFixed(1)} × hashring`

/** hashring with a digest for each virtual node, as ours; or with four points from each, which is its best case. */
function peerRing(nodes, options = { 'vnode count': 150, replicas: 1 }) {
  return new Peer(nodes, 'md5', options)
}

function consistentHash(nodes, points) {
  const ring = new ConsistentHash({ distribution: 'uniform' })
  for (const node of nodes) ring.add(node, 1, points)
  return ring
}

heading('Build 1000 nodes × 150 virtual nodes')
{
  const nodes = nodeNames(1000)
  const times = inTurn({
    md5: () => new HashRing(nodes, { hash: md5 }),
    murmur3: () => new HashRing(nodes, { hash: murmur3 }),
    hashring: () => peerRing(nodes),
    fourPoints: () => peerRing(nodes, { 'vnode count': 38, replicas: 4 }),
  })
  line('hashring (md5, 150 digests a node)', times.hashring)
  line(
    'hashring (md5, 38 digests a node, 4 points each)',
    times.fourPoints,
    ratio(times.hashring, times.fourPoints),
  )
  line('cachelab md5', times.md5, ratio(times.hashring, times.md5))
  line('cachelab murmur3', times.murmur3, ratio(times.hashring, times.murmur3))
}

heading('Look up 100,000 different keys, 100 nodes × 150')
{
  const nodes = nodeNames(100)
  const keys = Array.from({ length: 100_000 }, (_, i) => `user:${i}:profile`)
  const rings = {
    md5: new HashRing(nodes, { hash: md5 }),
    murmur3: new HashRing(nodes, { hash: murmur3 }),
  }
  const peer = peerRing(nodes)
  const other = consistentHash(nodes, 150)
  const all = (lookup) => () => {
    for (const key of keys) lookup(key)
  }
  const times = inTurn({
    md5: all((key) => rings.md5.locate(key)),
    murmur3: all((key) => rings.murmur3.locate(key)),
    hashring: all((key) => peer.get(key)),
    'consistent-hash': all((key) => other.get(key)),
  })
  line('hashring (md5)', times.hashring)
  line(
    'consistent-hash (its own hash)',
    times['consistent-hash'],
    ratio(times.hashring, times['consistent-hash']),
  )
  line('cachelab md5', times.md5, ratio(times.hashring, times.md5))
  line('cachelab murmur3', times.murmur3, ratio(times.hashring, times.murmur3))
}

heading('Add one node to 1000 × 150, against building 1001 anew')
{
  const nodes = nodeNames(1000)
  const ring = new HashRing(nodes)
  const times = inTurn({
    add: () => {
      ring.add('newcomer')
      ring.remove('newcomer')
    },
    build: () => new HashRing([...nodes, 'newcomer']),
  })
  line('build anew', times.build)
  line('add, and remove again', times.add, `${(times.build / times.add).toFixed(1)} × faster`)
}

heading('Growth with nodes: build, and 100,000 lookups (murmur3, 150 virtual nodes)')
for (const count of [10, 100, 1000]) {
  const nodes = nodeNames(count)
  const ring = new HashRing(nodes, { hash: murmur3 })
  const keys = Array.from({ length: 100_000 }, (_, i) => `key-${i}`)
  const times = inTurn({
    build: () => new HashRing(nodes, { hash: murmur3 }),
    lookup: () => {
      for (const key of keys) ring.locate(key)
    },
  })
  line(`${count} nodes`, times.build, `lookup ${((times.lookup * 1e6) / keys.length).toFixed(0)} ns`)
}

heading('Whole process: cachelab ring --hash murmur3 --keys N')
for (const keys of [10_000, 100_000, 1_000_000, 10_000_000]) {
  const runs = Array.from({ length: 3 }, () =>
    wholeProcess([program, 'ring', '--hash', 'murmur3', '--keys', String(keys)], { memory: true }),
  )
  const megabytes = Math.max(...runs.map((run) => run.megabytes))
  line(`${keys} keys`, median(runs.map((run) => run.milliseconds)), `${megabytes.toFixed(0)} MB at the peak`)
}
{
  const input = Array.from({ length: 10_000_000 }, (_, i) => `user:${i}\n`).join('')
  const args = [program, 'ring', '--hash', 'murmur3', '--keys-from', '-']
  const run = wholeProcess(args, { input, memory: true })
  line('10000000 keys from a pipe', run.milliseconds, `${run.megabytes.toFixed(0)} MB at the peak`)
}

heading('Start-up: cachelab ring --vnodes 150 against node -e 0, in turn')
{
  const times = { cachelab: [], node: [] }
  for (let round = 0; round < 21; round++) {
    times.cachelab.push(wholeProcess([program, 'ring', '--vnodes', '150']).milliseconds)
    times.node.push(wholeProcess(['-e', '0']).milliseconds)
  }
  const ratios = times.cachelab.map((time, i) => time / times.node[i])
  line('node -e 0', median(times.node))
  line('cachelab ring --vnodes 150', median(times.cachelab), `${median(ratios).toFixed(2)} × node -e 0`)
}

heading('cachelab ring min-vnodes --nodes 4')
line('whole process', wholeProcess([program, 'ring', 'min-vnodes', '--nodes', '4']).milliseconds)
