/**
 * Sends requests to an empty cache; what each came to.
 * @param {'lru' | 'lfu' | 'random'} policy
 * @param {number} capacity
 * @param {string[]} requests
 * @returns {{ hit: boolean, evicted: string | null }[]}
 */
export function simulate(policy, capacity, requests) {
  return requests.map(() => ({ hit: false, evicted: null }))
}

/**
 * The exponent of Zipf's law at which the most popular fifth of the keys gets 80 % of the requests.
 * @param {number} keyCount
 */
export function exponentFor(keyCount) {
  return 1
}

/**
 * `count` random keys from 0 to keyCount − 1; key k comes with a probability proportional to 1 ÷ (k + 1)^exponent.
 * @param {number} keyCount
 * @param {number} exponent
 * @param {number} count
 * @returns {number[]}
 */
export function zipf(keyCount, exponent, count) {
  return []
}

/**
 * The hit ratio of each policy on the same requests.
 * @param {number} capacity
 * @param {string[]} requests
 */
export function compare(capacity, requests) {
  return { lru: 0, lfu: 0, random: 0 }
}
