/** Eviction policies beside npm's LRU caches, in one run; then several policies in one process, and growth. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import lruMap from 'lru_map'
import { LRUCache } from 'lru-cache'
import { LRUCache as MnemonistLRU } from 'mnemonist'
import QuickLRU from 'quick-lru'
import seedrandom from 'seedrandom'
import { policies, policyNames, replay, simulate, workloads } from '../../dist/library/index.cjs'
import { heading, inTurn, line, median, wholeProcess } from './measure.mjs'

const program = fileURLToPath(new URL('../../bin/cachelab.js', import.meta.url))
const oneCore = fileURLToPath(new URL('one-core.cjs', import.meta.url))
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
  const others = inTurn(Object.fromEntries(policyNames.map((name) => [name, ours(name, capacity)])), 1)
  for (const [name, ms] of Object.entries(others))
    line(name, ms, `${(others.lru / ms).toFixed(2)} × the speed of lru`)
}

heading('The same with sizes: log-normal, median 8 KiB; capacity a tenth of all bytes')
{
  const random = seedrandom('sizes')
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const sizes = Float64Array.from({ length: KEYS }, () => Math.ceil(8192 * Math.exp(1.5 * normal())))
  const capacity = Math.floor(sizes.reduce((sum, size) => sum + size, 0) / 10)
  const task = {
    capacity,
    requests: { keys: requests, keyCount: KEYS, sizes },
    warmup: 0,
    seed: 1,
    rate: 1e6,
  }
  const sized = (policy) => () => replay({ ...task, policy })
  const all = inTurn(
    {
      ...Object.fromEntries(policyNames.map((name) => [name, sized(name)])),
      'lru-cache': () => {
        const cache = new LRUCache({ maxSize: capacity })
        for (let i = 0; i < requests.length; i++) {
          if (cache.get(requests[i]) === undefined) cache.set(requests[i], 1, { size: sizes[requests[i]] })
        }
      },
    },
    1,
  )
  for (const [name, ms] of Object.entries(all))
    line(name, ms, `${perSecond(ms)}, ${(all['lru-cache'] / ms).toFixed(1)} × lru-cache`)
}

heading('Drawing 10 million requests')
for (const keys of [1000, KEYS]) {
  const workload = workloads.zipf.create({ keys, requests: REQUESTS, exponent: 1, seed: 1 })
  const out = new Uint32Array(REQUESTS)
  const { zipf } = inTurn({ zipf: () => workload.next(out) }, ROUNDS)
  line(`zipf, ${keys} keys`, zipf, perSecond(zipf))
}

heading('Two cores: sixteen capacities of four policies, and a trace at eight capacities')
const traced = join(tmpdir(), `cachelab-bench-${process.pid}.txt`)
writeFileSync(traced, `${requests.join('\n')}\n`)
for (const [what, ...args] of [
  [
    'evict curve',
    'curve',
    '--policies',
    'fifo,sieve,arc,s3-fifo',
    '--points',
    '16',
    '--keys',
    '200000',
    '--requests',
    '5000000',
  ],
  [
    'evict --trace',
    '--policies',
    'lru,arc,lirs,w-tinylfu',
    '--trace',
    traced,
    '--capacity',
    '1000,2000,5000,10000,20000,50000,100000,200000',
  ],
]) {
  const both = median(Array.from({ length: 3 }, () => wholeProcess([program, 'evict', ...args]).milliseconds))
  const one = median(
    Array.from(
      { length: 3 },
      () => wholeProcess(['--require', oneCore, program, 'evict', ...args]).milliseconds,
    ),
  )
  line(`${what} on one core`, one)
  line(`${what} on all cores`, both, `${(one / both).toFixed(2)} × as fast`)
}

heading('A policy of a file, lru.ts, beside the built-in lru, on one core')
{
  const file = fileURLToPath(new URL('lru.ts', import.meta.url))
  const at = (capacities) =>
    inTurn(
      Object.fromEntries(
        ['lru', file].map((policy) => [
          policy,
          () =>
            wholeProcess([
              ...['--require', oneCore, program, 'evict', '--policies', policy],
              ...['--trace', traced, '--capacity', capacities],
            ]),
        ]),
      ),
      3,
    )
  const one = at('1000')
  const eight = at('1000,2000,5000,10000,20000,50000,100000,200000')
  const compared = (what, { lru, [file]: own }) =>
    line(what, own, `${(lru / own).toFixed(2)} × the speed of lru`)
  compared('whole process, one capacity', one)
  compared('whole process, eight capacities', eight)
  // What seven more capacities take is requests alone: reading the trace and starting are in both.
  compared('requests alone', { lru: eight.lru - one.lru, [file]: eight[file] - one[file] })
}

heading('Whole process on a text trace of 10 million lines')
{
  const path = traced
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 1 }))
  const runs = {
    'evict --policies lru': [program, 'evict', '--policies', 'lru', '--capacity', '10000', '--trace', path],
    'the same, gzip': [program, 'evict', '--policies', 'lru', '--capacity', '10000', '--trace', `${path}.gz`],
    'evict curve --policies lru': [program, 'evict', 'curve', '--policies', 'lru', '--trace', path],
    'the same, --sample 1%': [
      program,
      'evict',
      'curve',
      '--policies',
      'lru',
      '--sample',
      '1%',
      '--trace',
      path,
    ],
    'the same, --sample auto': [
      program,
      'evict',
      'curve',
      '--policies',
      'lru',
      '--sample',
      'auto',
      '--trace',
      path,
    ],
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

heading('Ten million different text keys')
{
  const path = join(tmpdir(), `cachelab-bench-${process.pid}-keys.txt`)
  const text = Array.from({ length: 100 }, (_, part) =>
    Array.from({ length: REQUESTS / 100 }, (_, i) => `object:${part * (REQUESTS / 100) + i}\n`).join(''),
  )
  writeFileSync(path, text.join(''))
  const run = wholeProcess([program, 'evict', '--policies', 'fifo', '--trace', path], { memory: true })
  line('evict --policies fifo', run.milliseconds, `${run.megabytes.toFixed(0)} MB at the peak`)
  rmSync(path)
}
