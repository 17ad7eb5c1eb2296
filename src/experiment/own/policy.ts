import { type EvictionPolicy, type PolicyName, policies } from '../../eviction/index.js'
import { NotOffered } from '../../input-error.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { workloads } from '../../workload/index.js'
import { simulate } from '../eviction/simulate.js'
import { type Check, checksReport, messageOf, remark, verdictOf } from './check.js'
import {
  cacheOf,
  hitsOf,
  mostHits,
  optionsOf,
  type Scene,
  scenes,
  sceneText,
  shortest,
  sizedScenes,
} from './scenes.js'

/** What is wrong in a scene, as "X was expected, and Y came"; null where nothing is. */
type Rule = (policy: PolicyName, scene: Scene) => string | null

interface Ruled {
  readonly check: string
  readonly rule: Rule
  readonly sized?: true
}

/** Every rule by its id. */
const rules: Readonly<Record<string, Ruled>> = {
  runs: { check: 'each request is a hit or a miss', rule: runs },
  first: { check: 'the first request of a key misses', rule: first },
  capacity: { check: 'never more keys inside than the capacity', rule: withinCapacity },
  has: { check: 'has(key) says whether access(key) hits', rule: hasAgrees },
  looks: { check: 'has(key) changes nothing', rule: hasLooks },
  deterministic: { check: 'two caches with one seed do the same', rule: isDeterministic },
  optimum: {
    check: 'no more hits than the optimum',
    rule: (policy, scene) => tooMany(hitsOf(policy, scene), mostHits(scene)),
  },
  remove: { check: 'remove(key) takes the key out', rule: removes },
  bytes: {
    check: 'with sizes: never more bytes inside than the capacity',
    rule: withinCapacity,
    sized: true,
  },
  'optimum-bytes': {
    check: 'with sizes: no more hits than the bound',
    rule: (policy, scene) => tooMany(hitsOf(policy, scene), hitsOf('opt-size', scene).filter(Boolean).length),
    sized: true,
  },
}

/** How policies are tried. */
export interface PolicyTrial {
  /** A policy of ours that it should be. */
  readonly like?: PolicyName | undefined
  /** Whether to measure wall-clock speed. */
  readonly time: boolean
}

/** Runs every check on a policy. Some 100 streams of 200 requests a check. */
export function tryPolicy(policy: PolicyName, { like, time }: PolicyTrial): Report {
  const all = { plain: scenes(), sized: sizedScenes() }
  const checks = Object.entries(rules).map(([id, { check, rule, sized }]) =>
    judged(id, check, policy, sized ? all.sized : all.plain, rule),
  )
  checks.push(...roomChecks(policy, all.plain))
  if (like) checks.push(judged('like', `hits and misses where ${like} does`, policy, all.plain, likeOf(like)))
  if (time) checks.push(speed(policy))
  return checksReport(policy, 'policy', checks, { like: like ?? null })
}

/** A check on all scenes: the first that fails is made short. */
function judged(id: string, check: string, policy: PolicyName, all: readonly Scene[], rule: Rule): Check {
  let isMade = false
  let lacks: string | undefined
  const wrongIn = (scene: Scene): string | null => {
    try {
      const wrong = rule(policy, scene)
      isMade = true
      return wrong
    } catch (error) {
      if (error instanceof NotOffered) lacks = error.lack
      else if (id === 'runs') return messageOf(error)
      return null
    }
  }
  for (const scene of all) {
    if (lacks !== undefined) return remark(id, check, lacks)
    if (wrongIn(scene) === null) continue
    const least = shortest(scene, (shorter) => wrongIn(shorter) !== null)
    return verdictOf(id, check, `${sceneText(least)}: ${wrongIn(least)}.`, '')
  }
  if (!isMade) return remark(id, check, lacks ?? 'it throws before this can be checked')
  return verdictOf(id, check, null, `${formatCount(all.length)} streams`)
}

function runs(policy: PolicyName, scene: Scene): string | null {
  const hits: readonly unknown[] = hitsOf(policy, scene)
  const at = hits.findIndex((hit) => typeof hit !== 'boolean')
  return at < 0
    ? null
    : `true or false was expected of access(${scene.requests[at]}), and ${hits[at] === undefined ? 'nothing' : String(hits[at])} came`
}

function first(policy: PolicyName, scene: Scene): string | null {
  const hits = hitsOf(policy, scene)
  const seen = new Set<number>()
  for (const [at, key] of scene.requests.entries()) {
    if (hits[at] && !seen.has(key))
      return `a miss was expected of the first request of ${key}, and a hit came`
    seen.add(key)
  }
  return null
}

function withinCapacity(policy: PolicyName, scene: Scene): string | null {
  const cache = cacheOf(policy, scene)
  const { capacity, sizes } = scene
  const requested = new Set<number>()
  for (const key of scene.requests) {
    cache.access(key, sizes?.[key])
    const inside = insideOf(cache, requested.add(key))
    const used = inside.reduce((sum, each) => sum + (sizes?.[each] ?? 1), 0)
    const unit = sizes ? 'byte' : 'key'
    if (used > capacity)
      return `at most ${countOf(capacity, unit)} inside ${capacity === 1 ? 'was' : 'were'} expected, and there ${used === 1 ? 'is' : 'are'} ${used} (keys ${inside.join(', ')})`
  }
  return null
}

/** The keys inside: each that was requested is asked for; else what queues say, where there are any. */
function insideOf(cache: EvictionPolicy, requested: ReadonlySet<number>): number[] {
  try {
    return [...requested].filter((key) => cache.has(key))
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error
    const queues = cache.queues()
    if (queues.length === 0) throw error
    return queues.flatMap(({ ghost, entries }) => (ghost ? [] : entries.map(({ key }) => key)))
  }
}

function hasAgrees(policy: PolicyName, scene: Scene): string | null {
  const cache = cacheOf(policy, scene)
  for (const [at, key] of scene.requests.entries()) {
    const has = cache.has(key)
    const hit = cache.access(key, scene.sizes?.[key])
    if (has !== hit && typeof hit === 'boolean')
      return `before request ${at + 1}, has(${key}) gave ${String(has ?? 'nothing')}, and access(${key}) gave ${String(hit)}`
  }
  return null
}

function hasLooks(policy: PolicyName, scene: Scene): string | null {
  const cache = cacheOf(policy, scene)
  const all = [...new Set(scene.requests)]
  const hits = scene.requests.map((key) => {
    for (const each of all) cache.has(each)
    return cache.access(key, scene.sizes?.[key])
  })
  return difference(
    scene,
    hits,
    hitsOf(policy, scene),
    'with has(key) of all keys before each request',
    'without',
  )
}

function isDeterministic(policy: PolicyName, scene: Scene): string | null {
  return difference(scene, hitsOf(policy, scene), hitsOf(policy, scene), 'in one cache', 'in another one')
}

const likeOf =
  (like: PolicyName): Rule =>
  (policy, scene) =>
    difference(scene, hitsOf(policy, scene), hitsOf(like, scene), 'here', `in ${like}`)

function difference(
  { requests }: Scene,
  a: readonly boolean[],
  b: readonly boolean[],
  here: string,
  there: string,
): string | null {
  const at = a.findIndex((hit, i) => hit !== b[i])
  const word = (hit: boolean) => (hit ? 'a hit' : 'a miss')
  return at < 0
    ? null
    : `request ${at + 1} (key ${requests[at]}) is ${word(a[at])} ${here}, and ${word(b[at])} ${there}`
}

function tooMany(hits: readonly boolean[], most: number): string | null {
  const found = hits.filter(Boolean).length
  return found <= most
    ? null
    : `at most ${countOf(most, 'hit')} ${most === 1 ? 'was' : 'were'} expected, and ${found} came`
}

/** Takes out every third key as soon as it is inside. */
function removes(policy: PolicyName, scene: Scene): string | null {
  const cache = cacheOf(policy, scene)
  for (const key of scene.requests) {
    const hit = cache.access(key, scene.sizes?.[key])
    if (key % 3 !== 0) continue
    if (hit) return `key ${key} was removed after each request, and access(${key}) hit`
    if (!cache.has(key)) continue
    cache.remove(key)
    if (cache.has(key)) return `has(${key}) gave true after remove(${key})`
  }
  return null
}

/** Whether it hits at all, and whether it uses the room that it has, which policies that choose what to admit need not. */
function roomChecks(policy: PolicyName, all: readonly Scene[]): Check[] {
  const check = 'at a capacity of all keys or more each misses once'
  let hits = 0
  let requests = 0
  let refusing: string | undefined
  for (const scene of all) {
    let found: number
    try {
      found = hitsOf(policy, scene).filter((hit) => hit === true).length
    } catch {
      continue // The check that each request is a hit or a miss says so.
    }
    hits += found
    requests += scene.requests.length
    const n = new Set(scene.requests).size
    const misses = scene.requests.length - found
    if (scene.capacity >= n && misses > n)
      refusing ??= `${misses} misses of ${n} keys at capacity ${scene.capacity}: it refuses or drops keys while there is room, which a policy may`
  }
  const none = requests > 0 && hits === 0 ? `${countOf(requests, 'request')} had no hit.` : null
  return [
    verdictOf('hits', 'some request hits', none, `${formatCount(hits)} of ${countOf(requests, 'request')}`),
    refusing === undefined
      ? verdictOf('room', check, null, 'at n and n + 1 keys')
      : remark('room', check, refusing),
  ]
}

const SPEED_KEYS = 10_000
const SPEED_REQUESTS = 1_000_000

/** Requests a second beside LRU's, the best of three rounds in turn. */
function speed(policy: PolicyName): Check {
  const check = 'speed'
  const requests = new Uint32Array(SPEED_REQUESTS)
  const setup = { keys: SPEED_KEYS, requests: SPEED_REQUESTS, exponent: 1, seed: 1 }
  workloads.zipf.create(setup).next(requests)
  const scene = { capacity: SPEED_KEYS / 10, keyCount: SPEED_KEYS, seed: 1, requests: [] }
  const options = { ...optionsOf(scene), requests }
  const least = { own: Infinity, lru: Infinity }
  const timed = (name: PolicyName) => {
    const cache = policies[name].create(options)
    const start = performance.now()
    simulate(cache, requests)
    return performance.now() - start
  }
  try {
    for (let round = 0; round < 3; round++) {
      least.lru = Math.min(least.lru, timed('lru'))
      least.own = Math.min(least.own, timed(policy))
    }
  } catch (error) {
    return remark('speed', check, messageOf(error))
  }
  const millions = SPEED_REQUESTS / 1000 / least.own
  return remark(
    'speed',
    check,
    `${millions.toFixed(1)} million requests/s, ${(least.lru / least.own).toFixed(2)} × lru’s`,
  )
}
