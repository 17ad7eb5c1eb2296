type Policy = 'lru' | 'lfu' | 'random'

interface Step {
  hit: boolean
  /** The key that left, or null. */
  evicted: string | null
}

/** Sends requests to an empty cache; what each came to. */
export function simulate(policy: Policy, capacity: number, requests: string[]): Step[] {
  return requests.map(() => ({ hit: false, evicted: null }))
}

/** The exponent of Zipf's law at which the most popular fifth of the keys gets 80 % of the requests. */
export function exponentFor(keyCount: number): number {
  return 1
}

/** `count` random keys from 0 to keyCount − 1; key k comes with a probability proportional to 1 ÷ (k + 1)^exponent. */
export function zipf(keyCount: number, exponent: number, count: number): number[] {
  return []
}

/** The hit ratio of each policy on the same requests. */
export function compare(capacity: number, requests: string[]): Record<Policy, number> {
  return { lru: 0, lfu: 0, random: 0 }
}
