/** Objects that are about equally large and popular: how many, and their requests and bytes together. */
export interface ObjectGroup {
  objects: number
  requests: number
  bytes: number
}

/** Values of c that are tried for each doubling, and steps in which the time in the cache is found. */
const STEPS_A_DOUBLING = 1
const BISECTIONS = 24
/** Counts up to this one say little about how often an object will be requested: they are corrected. */
const RARE = 4

/**
 * The parameter c, in bytes, with which an LRU cache that admits objects of s bytes with probability exp(−s ÷ c) is
 * expected to hit most requests. O(groups × doublings of the capacity).
 *
 * An object requested at rate r that stays T after its last request is inside with probability
 * p (e^(rT) − 1) ÷ (1 + p (e^(rT) − 1)); T is the one at which the objects inside fill the capacity.
 * Berger, Sitaraman and Harchol-Balter, NSDI 2017, section 3. That is what it comes to in the end; until the first
 * admission every request misses, which few objects outlive. Objects seen once will mostly not be seen again, and as
 * many new ones will come: counts are corrected as in Good, "The Population Frequencies of Species", Biometrika 40, 1953.
 */
export function bestAdmission(groups: readonly ObjectGroup[], capacity: number): number {
  const expected = corrected(groups)
  let best = capacity
  let most = -1
  const smallest = Math.min(capacity, ...groups.map(({ bytes, objects }) => bytes / objects))
  for (let c = capacity; c >= smallest / 2; c /= 2 ** (1 / STEPS_A_DOUBLING)) {
    const hits = expectedHits(expected, capacity, c)
    if (hits <= most) continue
    best = c
    most = hits
  }
  return best
}

/** A group of objects of one size: how many, how often each is requested, and how often new ones like them come. */
interface Expected {
  readonly objects: number
  readonly size: number
  /** Requests of each seen so far, and per request of the whole. */
  readonly count: number
  readonly rate: number
  readonly newcomers: number
}

function corrected(groups: readonly ObjectGroup[]): Expected[] {
  const total = groups.reduce((sum, { requests }) => sum + requests, 0)
  const objectsOf = (count: number) =>
    groups.reduce((sum, { objects, requests }) => sum + (requests === count * objects ? objects : 0), 0)
  const counts = Array.from({ length: RARE + 2 }, (_, count) => objectsOf(count))
  return groups.map(({ objects, requests, bytes }) => {
    const count = requests / objects
    const good = count <= RARE ? ((count + 1) * counts[count + 1]) / counts[count] : count
    const newcomers = count === 1 ? objects / total : 0
    return { objects, size: bytes / objects, count, rate: Math.min(count, good) / total, newcomers }
  })
}

function expectedHits(groups: readonly Expected[], capacity: number, c: number): number {
  let [low, high] = [1, 2 ** 40]
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = Math.sqrt(low * high)
    if (inside(groups, c, middle).bytes > capacity) high = middle
    else low = middle
  }
  return inside(groups, c, low).hits
}

/** Where objects stay for so many requests after their last one: the bytes inside, and the share of requests that hit. */
function inside(groups: readonly Expected[], c: number, time: number): { bytes: number; hits: number } {
  let bytes = 0
  let hits = 0
  for (const { objects, size, count, rate, newcomers } of groups) {
    const admitted = Math.exp(-size / c)
    const odds = admitted * Math.expm1(Math.min(700, rate * time))
    const present = objects * (odds / (1 + odds))
    bytes += size * (present + newcomers * admitted * time)
    // Of so many requests these miss before the first is admitted.
    const before = admitted > 0 ? -Math.expm1(count * Math.log1p(-admitted)) / admitted : count
    hits += rate * Math.min(present, objects * Math.max(0, 1 - before / count))
  }
  return { bytes, hits }
}
