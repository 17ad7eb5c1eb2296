import { type PolicyName, type PolicyOptions, policies } from '../../eviction/index.js'
import { createRandom } from '../../random/random.js'
import { shrink } from '../../simulation/shrink.js'
import { workloadNames, workloads } from '../../workload/index.js'

/** Requests to a cache of some capacity. */
export interface Scene {
  readonly capacity: number
  readonly keyCount: number
  readonly seed: number
  readonly requests: readonly number[]
  readonly sizes?: readonly number[] | undefined
}

const REQUESTS = 200
const SEEDS = [1, 2]
/** So few keys that each edge is met, and more than most capacities here. */
const KEYS = [3, 25]
const MAX_SIZE = 9
const SHRINK_BUDGET = 3000

/** Every workload of ours on few keys and on more, at capacities 1, 2, n ÷ 2, n and n + 1 of its n different keys. */
export function scenes(): Scene[] {
  return streams().flatMap(({ keyCount, seed, requests }) =>
    capacities(new Set(requests).size).map((capacity) => ({ capacity, keyCount, seed, requests })),
  )
}

/** The same with sizes from 1 to 9 bytes; n is the bytes of all keys. Only keys that fit are requested. */
export function sizedScenes(): Scene[] {
  return streams().flatMap(({ keyCount, seed, requests }) => {
    const random = createRandom(seed, 'sizes of keys')
    const sizes = Array.from({ length: keyCount }, () => 1 + random.below(MAX_SIZE))
    const bytes = [...new Set(requests)].reduce((sum, key) => sum + sizes[key], 0)
    return capacities(bytes).map((capacity) => {
      const fitting = requests.filter((key) => sizes[key] <= capacity)
      return { capacity, keyCount, seed, sizes, requests: fitting }
    })
  })
}

const streams = () =>
  KEYS.flatMap((keys) =>
    SEEDS.flatMap((seed) =>
      workloadNames.map((name) => {
        const workload = workloads[name].create({ keys, requests: REQUESTS, exponent: 1, seed })
        const requests = new Uint32Array(REQUESTS)
        workload.next(requests)
        return { keyCount: workload.keyCount, seed, requests: [...requests] }
      }),
    ),
  )

const capacities = (n: number): number[] =>
  [...new Set([1, 2, Math.ceil(n / 2), n, n + 1])].sort((a, b) => a - b)

/** What a policy is made with for a scene. */
export const optionsOf = ({ requests, sizes, ...rest }: Scene): PolicyOptions => ({
  ...rest,
  rate: 1000,
  requests: Uint32Array.from(requests),
  ...(sizes ? { sizes } : {}),
})

export const cacheOf = (policy: PolicyName, scene: Scene) => policies[policy].create(optionsOf(scene))

/** Hits and misses of a fresh cache, request by request. */
export function hitsOf(policy: PolicyName, scene: Scene): boolean[] {
  const cache = cacheOf(policy, scene)
  return scene.requests.map((key) => cache.access(key, scene.sizes?.[key]))
}

/** The shortest requests with which a scene still fails, their keys numbered from 0 if they fail so, too. */
export function shortest(scene: Scene, fails: (scene: Scene) => boolean): Scene {
  const failing = (requests: readonly number[]) => fails({ ...scene, requests })
  const most = 2 ** Math.floor(Math.log2(Math.max(1, scene.requests.length / 2)))
  const requests = shrink(scene.requests, failing, () => [], SHRINK_BUDGET, most)
  const order = [...new Set(requests)]
  const renamed = requests.map((key) => order.indexOf(key))
  return { ...scene, requests: failing(renamed) ? renamed : requests }
}

const MAX_SHOWN = 40

/** `Capacity 2, requests 0 1 2` for people. */
export function sceneText({ capacity, requests, sizes, seed }: Scene): string {
  const shown = requests
    .slice(0, MAX_SHOWN)
    .map((key) => (sizes ? `${key} (${sizes[key]} bytes)` : String(key)))
  const more = requests.length > MAX_SHOWN ? `${sizes ? ', ' : ' '}… (${requests.length} in all)` : ''
  const list = shown.join(sizes ? ', ' : ' ') + more
  return `capacity ${capacity}${sizes ? ' bytes' : ''}, seed ${seed}, ${requests.length === 1 ? 'request' : 'requests'} ${list}`
}

/** The most hits that a cache can have that may also refuse a key: the furthest next request leaves, or isn't let in. */
export function mostHits({ capacity, requests }: Scene): number {
  const inside = new Map<number, number>()
  const next = nextOf(requests)
  let hits = 0
  for (const [at, key] of requests.entries()) {
    if (inside.has(key)) hits++
    inside.set(key, next[at])
    if (inside.size <= capacity) continue
    const [victim] = [...inside].reduce((a, b) => (b[1] > a[1] ? b : a))
    inside.delete(victim)
  }
  return hits
}

function nextOf(requests: readonly number[]): number[] {
  const seen = new Map<number, number>()
  const next = requests.map(() => Infinity)
  for (let at = requests.length - 1; at >= 0; at--) {
    next[at] = seen.get(requests[at]) ?? Infinity
    seen.set(requests[at], at)
  }
  return next
}
