import { shown } from '../../src/grading/cases.js'

export type Policy = 'lru' | 'lfu' | 'random'

export interface CacheCase {
  readonly policy: Policy
  readonly capacity: number
  readonly requests: readonly string[]
}

/** Result of a request. */
export interface Step {
  readonly hit: boolean
  readonly evicted: string | null
}

interface Use {
  /** Requests since the key came in. */
  count: number
  /** The number of its last request. */
  last: number
}

type Since = 'came in' | 'ever'

/** The keys inside a cache, in the order in which they came in; whoever holds it says which leave. */
export class Inside {
  private readonly uses = new Map<string, Use>()
  /** Requests of each key, also before it last left. */
  private readonly requests = new Map<string, number>()
  private now = 0

  get size(): number {
    return this.uses.size
  }

  get keys(): readonly string[] {
    return [...this.uses.keys()]
  }

  /** The keys by their last use, the least recently used first. */
  get byUse(): readonly string[] {
    return [...this.uses].sort(([, a], [, b]) => a.last - b.last).map(([key]) => key)
  }

  has(key: string): boolean {
    return this.uses.has(key)
  }

  request(key: string): void {
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1)
    const use = this.uses.get(key)
    this.uses.set(key, { count: (use?.count ?? 0) + 1, last: this.now++ })
  }

  leave(key: string): void {
    this.uses.delete(key)
  }

  /** The key that a policy evicts; the one that LFU would if it remembered the counts of keys that left. */
  victim(policy: 'lru' | 'lfu', since?: Since): string {
    const among = policy === 'lru' ? this.keys : this.leastRequested(since)
    return among.reduce((first, key) => (this.uses.get(key)!.last < this.uses.get(first)!.last ? key : first))
  }

  /** All keys with the fewest requests since they came in, or ever. */
  leastRequested(since: Since = 'came in'): readonly string[] {
    const count = (key: string) =>
      since === 'ever' ? this.requests.get(key)! : (this.uses.get(key)?.count ?? 0)
    const least = this.keys.reduce((lowest, key) => Math.min(lowest, count(key)), Infinity)
    return this.keys.filter((key) => count(key) === least)
  }
}

/** What LRU or LFU do, request by request. */
export function stepsOf(policy: 'lru' | 'lfu', { capacity, requests }: CacheCase): Step[] {
  const inside = new Inside()
  return requests.map((key) => {
    const hit = inside.has(key)
    const evicted = !hit && inside.size === capacity ? inside.victim(policy) : null
    if (evicted !== null) inside.leave(evicted)
    inside.request(key)
    return { hit, evicted }
  })
}

export const hitRatio = (steps: readonly Step[]) => steps.filter(({ hit }) => hit).length / steps.length

/** The steps in an answer, or what is wrong with its form. */
export function exactStepsIn(value: unknown, count: number): readonly Step[] | string {
  const steps = stepsIn(value, count)
  if (typeof steps === 'string') return steps
  const at = (value as Step[]).findIndex(({ hit }) => typeof hit !== 'boolean')
  return at < 0 ? steps : wrongForm(value as unknown[], at)
}

/** The same, with a number such as 1 accepted for true: a wrong form costs points in one check only. */
export function stepsIn(value: unknown, count: number): readonly Step[] | string {
  if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list`
  if (value.length !== count) return `you returned ${value.length} steps for ${count} requests`
  const steps = value as (Step | null | undefined)[]
  const at = steps.findIndex((step) => typeof step?.hit !== 'boolean' && typeof step?.hit !== 'number')
  return at < 0 ? steps.map((step) => ({ ...step!, hit: Boolean(step!.hit) })) : wrongForm(steps, at)
}

const wrongForm = (steps: readonly unknown[], at: number) =>
  `your step ${at + 1} is ${shown(steps[at])}; it must be like {"hit": false, "evicted": null}`

/** A key as a message shows it: in quotes unless it is a plain word. */
export const keyWord = (key: string) => (/^[A-Za-z][\w:]*$/.test(key) ? key : shown(key))

export interface Impossible {
  readonly what: string
  /** The same, with the request and the keys. */
  readonly detail: string
}

/**
 * What is wrong with any policy's steps: a key inside that is no hit, a key that leaves though there is room, one
 * that isn't inside, none where the cache is full.
 */
export function impossible(
  { capacity, requests }: CacheCase,
  steps: readonly Step[],
): Impossible | undefined {
  const inside = new Inside()
  for (const [i, key] of requests.entries()) {
    const { hit } = steps[i]
    const evicted: unknown = steps[i].evicted ?? null
    const what = wrongStep(hit, evicted, inside.has(key), inside, capacity)
    if (what) {
      const keys = inside.keys.slice(0, 12).map(keyWord).join(' ')
      const yours = evicted === null ? '' : `; you evicted ${shown(evicted)}`
      return {
        what,
        detail: `request ${i + 1}, ${keyWord(key)}: ${what}; inside: ${keys || 'nothing'}${yours}`,
      }
    }
    if (evicted !== null) inside.leave(evicted as string)
    inside.request(key)
  }
  return undefined
}

function wrongStep(
  hit: boolean,
  evicted: unknown,
  isInside: boolean,
  inside: Inside,
  capacity: number,
): string | undefined {
  if (hit !== isInside)
    return hit ? 'you say hit for a key that is not inside' : 'you say miss for a key that is inside'
  if (hit) return evicted === null ? undefined : 'you evicted a key at a hit'
  if (inside.size < capacity) return evicted === null ? undefined : 'you evicted a key though there was room'
  if (evicted === null) return 'the cache is full, but you evicted nothing'
  return inside.has(evicted as string) ? undefined : 'you evicted what was not inside'
}

/**
 * Follows a solution through its own evictions, whether or not it should have made them: `evicts` sees each key that
 * leaves for one that comes in. Says whether they can be followed: not where keys come in and in and none leaves, or
 * where they leave long before the cache is full. One place too many or too few is let pass, as is a newcomer that
 * isn't let in.
 */
export function follow(
  { capacity, requests }: CacheCase,
  steps: readonly Step[],
  evicts: (request: number, evicted: string, inside: Inside) => void,
): boolean {
  const inside = new Inside()
  let evictions = 0
  for (const [i, key] of requests.entries()) {
    const evicted: unknown = steps[i].evicted ?? null
    const leaves = typeof evicted === 'string' && evicted !== key && inside.has(evicted)
    if (!inside.has(key)) {
      if (evicted === key) continue
      if (leaves) {
        if (inside.size < capacity - 1) return false
        evictions++
        evicts(i, evicted, inside)
      } else if (inside.size > capacity) return false
    }
    if (leaves) inside.leave(evicted)
    inside.request(key)
  }
  return evictions > 0
}
