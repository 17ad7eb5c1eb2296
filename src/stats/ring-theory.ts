/**
 * What a ring of equal nodes must look like if its hash is a good one. N · V points cut the circle into
 * arcs whose lengths are Dirichlet(1, …, 1), so a node's share is Beta(V, (N − 1)V), and its number of keys
 * is Dirichlet-multinomial. Sums of Dirichlet parts: Johnson, Kotz and Balakrishnan, "Continuous
 * Multivariate Distributions", chapter 49.
 */

/**
 * Standard deviation of a node's number of keys ÷ its mean, for `weight` of `total` virtual nodes: the
 * unevenness of the arcs and the luck of the keys together. `total` = Infinity gives the luck alone, which no
 * placement can beat.
 */
export function keysDeviation(weight: number, total: number, keys: number): number {
  const p = total === Infinity ? weight : weight / total
  const arcs = total === Infinity ? 0 : (1 - p) / (p * (total + 1))
  const luck = (1 - p) / (p * keys)
  // Var = K p (1 − p) (K + T) ÷ (1 + T), divided by (K p)²; written as two sums it reads as its causes.
  return Math.sqrt(arcs + luck * (total === Infinity ? 1 : total / (total + 1)))
}

/** `keysDeviation` for N equal nodes with V virtual nodes each; V = Infinity for perfect placement. */
export function expectedSpread(nodes: number, vnodes: number, keys: number): number {
  return vnodes === Infinity
    ? keysDeviation(1 / nodes, Infinity, keys)
    : keysDeviation(vnodes, nodes * vnodes, keys)
}

/** Share of keys that move from N to M nodes where node = hash mod N: 1 − min(N, M) ÷ lcm(N, M). */
export function moduloMoved(before: number, after: number): number {
  return 1 - (Math.min(before, after) * greatestCommonDivisor(before, after)) / (before * after)
}

/**
 * `moduloMoved` for nodes that are numbered by their order, whichever come and go: a key stays where both remainders name
 * the same node. Of lcm(N, M) remainders one has i mod N and j mod M if i and j agree modulo gcd(N, M), else none. O(N + M).
 */
export function moduloMovedByName(before: readonly string[], after: readonly string[]): number {
  const divisor = greatestCommonDivisor(before.length, after.length)
  const numbers = new Map(after.map((name, number) => [name, number]))
  const agreeing = before.filter((name, number) => {
    const other = numbers.get(name)
    return other !== undefined && (other - number) % divisor === 0
  })
  return 1 - (agreeing.length * divisor) / (before.length * after.length)
}

/** The least share of keys that can move when N equal nodes become M: what the newcomers get, or the leavers had. */
export function leastMoved(before: number, after: number): number {
  return Math.abs(after - before) / Math.max(before, after)
}

/**
 * Share of keys that move when one of N equal nodes of a ring is replaced by a node of another name: they
 * belonged to the old one, or belong to the new one. Of the N + 1 sets of points the other N − 1 come first
 * with probability (N − 1) ÷ (N + 1), and only then does a key stay.
 */
export function replacementMoved(nodes: number): number {
  return 2 / (nodes + 1)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
