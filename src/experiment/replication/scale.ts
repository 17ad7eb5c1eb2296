import type { ReadResult } from '../../cache-cluster/client.js'
import type { Cluster } from '../../cache-cluster/cluster.js'
import type { PlaceOn } from '../../cache-cluster/membership.js'
import { hashFunctions } from '../../hashing/index.js'
import type { Progress } from '../../keys/index.js'
import { freshNames, keyHash, Modulo, type PlacementName } from '../../placement/index.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatNumber } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { play, slices } from '../../simulation/play.js'
import { start, type Task } from '../../simulation/task.js'
import { loadOf } from '../../workload/eighty-twenty.js'
import type { Workload } from '../../workload/index.js'
import { type ScaleChange, type ScaleOptions, scaleFigures, scaleFindings } from './scale-findings.js'
import { build, parametersOf, placeOnOf, positionsOf } from './setup.js'

/**
 * Nodes that join and leave under load: how many keys move, and how many requests miss because of it. A miss is filled
 * from the database behind the cache. Warming copies keys to their new owners before the change, while the old owners
 * still answer; without it the new owners start empty.
 */
export async function replicationScale(options: ScaleOptions, progress?: Progress): Promise<Report> {
  const hash = hashFunctions[options.hash]
  const placements: [PlacementName, PlaceOn][] = [
    [options.placement, placeOnOf(options)],
    ['modulo', (names) => new Modulo(names, hash)],
  ]
  const count = options.nodes.length
  const outcomes: ScaleChange[] = []
  for (const [placement, placeOn] of placements) {
    for (const isJoin of [true, false]) {
      const counts = [count, isJoin ? count + 1 : count - 1]
      const positions = await positionsOf(options, keyHash(placement, hash, counts))
      for (const isWarmed of [false, true]) {
        const passed = (requests: number) =>
          progress?.(outcomes.length * 2 * options.requests + requests, 16 * options.requests)
        outcomes.push(await run(options, positions, { placement, placeOn, isJoin, isWarmed }, passed))
      }
    }
  }
  return reportOf('replicate scale', {
    title: `A node joins and a node leaves under ${formatNumber(options.rate, 'per-second')} requests`,
    parameters: {
      ...parametersOf({ ...options }),
      rate: options.rate,
      requests: options.requests,
      workload: options.workload,
    },
    tables: {
      scale: {
        title: `${countOf(options.requests, 'request')} before each change, and as many after it`,
        columns: {
          placement: 'placement',
          change: 'change',
          warming: 'warmed',
          moved: ['keys moved', 'count'],
          movedShare: ['of all', 'ratio'],
          copied: ['copied', 'count'],
          misses: ['misses', 'count'],
          hitRatio: ['hit ratio', 'ratio'],
          before: ['before', 'ratio', 'detail'],
          lasted: ['last miss', 'ms', 'detail'],
        },
        rows: outcomes.map((outcome) => ({
          placement: outcome.placement,
          change: outcome.change,
          warming: outcome.isWarmed,
          moved: outcome.moved,
          movedShare: outcome.moved / options.keys,
          copied: outcome.copied,
          misses: outcome.misses,
          hitRatio: outcome.after,
          before: outcome.before,
          lasted: outcome.lasted,
        })),
      },
    },
    figures: scaleFigures(options, outcomes),
    findings: scaleFindings(options, outcomes),
  })
}

interface Case {
  readonly placement: string
  readonly placeOn: PlaceOn
  readonly isJoin: boolean
  readonly isWarmed: boolean
}

async function run(
  options: ScaleOptions,
  positions: Uint32Array,
  { placement, placeOn, isJoin, isWarmed }: Case,
  passed: (requests: number) => void,
): Promise<ScaleChange> {
  const { keys, requests } = options
  const names = isJoin ? [...options.nodes, ...freshNames(options.nodes, 1)] : [...options.nodes]
  const changing = names.length - 1
  let copied = 0
  const cluster = build(
    { ...options, nodes: names },
    positions,
    { copied: (count) => (copied += count) },
    {},
    { placeOn, members: options.nodes.length, doubts: false },
  )
  const { membership, clock, repair } = cluster
  cluster.preload()
  const members = isJoin
    ? [...membership.list(), changing]
    : membership.list().filter((node) => node !== changing)
  if (isWarmed) {
    membership.prepare(members)
    repair.begin()
  }
  const drawn = loadOf({ ...options, seed: options.seed ?? 1 })
  const before = await send(cluster, drawn, requests, options.rate, passed)
  const primaries = Uint32Array.from({ length: keys }, (_, key) => membership.owner(key, 0))
  if (isWarmed) membership.commit()
  else if (isJoin) membership.join(changing)
  else membership.leave(changing)
  const changed = clock.now
  const after = await send(cluster, drawn, requests, options.rate, (sent) => passed(requests + sent))
  return {
    placement,
    isWarmed,
    copied,
    change: `${isJoin ? '+' : '−'}${names[changing]}`,
    moved: primaries.filter((node, key) => node !== membership.owner(key, 0)).length,
    before: 1 - before.misses / requests,
    misses: after.misses,
    after: 1 - after.misses / requests,
    lasted: after.misses === 0 ? 0 : after.lastMiss - changed,
  }
}

/** Sends requests at an even rate; a missed key is written back, as by a program that reads it from its database. */
async function send(
  { clock, client }: Cluster,
  keys: Workload,
  count: number,
  rate: number,
  passed: (requests: number) => void,
) {
  const drawn = new Uint32Array(count)
  keys.next(drawn)
  let sent = 0
  let misses = 0
  let lastMiss = 0
  function* request(key: number): Task<void> {
    const found: ReadResult = yield* client.get(key)
    if (found.entry) return
    misses++
    lastMiss = clock.now
    yield* client.set(key)
  }
  const began = clock.now
  const arrive = (i: number): void => {
    if (i === count) return
    clock.at(began + (i * 1000) / rate, () => {
      sent++
      start(request(drawn[i]))
      arrive(i + 1)
    })
  }
  arrive(0)
  await play(slices(clock), () => passed(sent))
  return { misses, lastMiss }
}
