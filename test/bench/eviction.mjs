/** Eviction policies beside npm's LRU caches, in one run; then several policies in one process, and growth. */
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import lruMap from 'lru_map'
import { LRUCache } from 'lru-cache'
import { LRUCache as MnemonistLRU } from 'mnemonist'
import QuickLRU from 'quick-lru'
import { policies, policyNames, simulate, workloads } from '../../dist/index.js'
import { heading, inTurn, line, median, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const KEYS = 1_000_000
const REQUESTS = 10_000_000
const ROUNDS = 5

function draw(keys, count, exponent = 1) {
  const requests = new Uint32Array(count)
  workloads.zipf.create({ keys, requests: count, exponent, seed: 1 }).next(requests)
  return requests
}

const requests = draw(KEYS, REQUESTS)

function ours(name, capacity, all = requests) {
  return () =>
    simulate(policies[name].create({ capacity, keyCount: KEYS, seed: 1, rate: 1e6, requests: all }), all)
}

/** The plain loop that a user of such a cache would write. */
function theirs(create) {
  return () => {
    const cache = create()
    let hits = 0
    for (let i = 0; i < requests.length; i++) {
      if (cache.get(requests[i]) !== undefined) hits++
      else cache.set(requests[i], 1)
    }
    return hits
  }
}

const perSecond = (ms) => `${(REQUESTS / ms / 1000).toFixed(1)} million/s`

for (const capacity of [10_000, 100_000]) {
  heading(`10 million requests, Zipf 1.0, 1 million keys, capacity ${capacity}`)
  const peers = inTurn(
    {
      lru: ours('lru', capacity),
      'lru-cache': theirs(() => new LRUCache({ max: capacity })),
      'mnemonist LRUCache': theirs(() => new MnemonistLRU(Uint32Array, Uint8Array, capacity)),
      'quick-lru': theirs(() => new QuickLRU({ maxSize: capacity })),
      lru_map: theirs(() => new lruMap.LRUMap(capacity)),
    },
    ROUNDS,
  )
  const best = Math.min(...Object.entries(peers).map(([name, ms]) => (name === 'lru' ? Infinity : ms)))
  for (const [name, ms] of Object.entries(peers)) {
    line(
      name,
      ms,
      name === 'lru' ? `${perSecond(ms)}, ${(best / ms).toFixed(1)} × the best peer` : perSecond(ms),
    )
  }
  const others = inTurn(Object.fromEntries(policyNames.map((name) => [name, ours(name, capacity)])), ROUNDS)
  for (const [name, ms] of Object.entries(others))
    line(name, ms, `${(others.lru / ms).toFixed(2)} × the speed of lru`)
}

heading('Drawing 10 million requests')
for (const keys of [1000, KEYS]) {
  const workload = workloads.zipf.create({ keys, requests: REQUESTS, exponent: 1, seed: 1 })
  const out = new Uint32Array(REQUESTS)
  const { zipf } = inTurn({ zipf: () => workload.next(out) }, ROUNDS)
  line(`zipf, ${keys} keys`, zipf, perSecond(zipf))
}

heading('Two cores: cachelab evict curve, sixteen capacities of four policies')
{
  const args = [program, 'evict', 'curve', '--policies', 'fifo,sieve,arc,s3-fifo', '--points', '16']
  const size = ['--keys', '200000', '--requests', '5000000']
  const both = median(Array.from({ length: 3 }, () => wholeProcess([...args, ...size]).milliseconds))
  const one = median(
    Array.from(
      { length: 3 },
      () =>
        wholeProcess(['--require', fileURLToPath(new URL('one-core.cjs', import.meta.url)), ...args, ...size])
          .milliseconds,
    ),
  )
  line('on one core', one)
  line('on all cores', both, `${(one / both).toFixed(2)} × as fast`)
}

heading('Whole process on a text trace of 10 million lines')
{
  const path = join(tmpdir(), `cachelab-bench-${process.pid}.txt`)
  const text = Buffer.from(`${requests.join('\n')}\n`)
  writeFileSync(path, text)
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 1 }))
  const runs = {
    'evict --policies lru': [program, 'evict', '--policies', 'lru', '--capacity', '10000', '--trace', path],
    'the same, gzip': [program, 'evict', '--policies', 'lru', '--capacity', '10000', '--trace', `${path}.gz`],
    'evict curve --policies lru': [program, 'evict', 'curve', '--policies', 'lru', '--trace', path],
  }
  for (const [name, args] of Object.entries(runs)) {
    const all = Array.from({ length: 3 }, () => wholeProcess(args, { memory: true }))
    const megabytes = Math.max(...all.map((run) => run.megabytes))
    line(name, median(all.map((run) => run.milliseconds)), `${megabytes.toFixed(0)} MB at the peak`)
  }
  rmSync(path)
  rmSync(`${path}.gz`)
}

heading('Growth with requests: cachelab evict --policies lru,sieve on a pipe')
for (const count of [100_000, 1_000_000, 10_000_000]) {
  const input = Buffer.from(requests.subarray(0, count).join('\n'))
  const run = wholeProcess([program, 'evict', '--policies', 'lru,sieve', '--trace', '-'], {
    input,
    memory: true,
  })
  line(`${count} requests`, run.milliseconds, `${run.megabytes.toFixed(0)} MB at the peak`)
}
