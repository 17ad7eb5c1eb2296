import { characteristicTime } from './cache-theory.js'

/** One of several servers that each have a cache of their own. Rates are per millisecond, times milliseconds. */
export interface LocalCacheModel {
  /** Of each key; they add up to 1. */
  readonly probabilities: Float64Array
  /** Keys that the cache holds. */
  readonly capacity: number
  /** Requests of this server. */
  readonly rate: number
  readonly writeRatio: number
  readonly servers: number
  readonly ttl: number
  /** Until what is missed is there; reads that come meanwhile miss too. */
  readonly fetch: number
  /** Share of the other servers' writes that this one never hears of: 1 without messages. */
  readonly unheard: number
}

/**
 * Hit ratio and share of stale reads of a server's own LRU cache with a time to live and with writes that others make,
 * under the independent reference model with Poisson arrivals.
 *
 * An entry is filled, and hit until the server writes the key itself, a gap between accesses is longer than Che's
 * characteristic time, a message takes it away, or its time to live is over; then it is filled anew. `hitsOfAFill` says
 * how many hits that are for each fill, and so of how many accesses. Those hits are stale that come after a write that
 * was not heard of. What the server's own write doesn't bring is fetched, and reads of that time miss too. O(keys).
 */
export function localCacheTheory(model: LocalCacheModel): { hitRatio: number; staleShare: number } {
  const { probabilities, capacity, rate, writeRatio, servers, ttl, fetch, unheard } = model
  const time = characteristicTime(probabilities, capacity) / rate
  let hitRatio = 0
  let staleShare = 0
  for (const p of probabilities) {
    const access = p * rate
    const others = access * writeRatio * (servers - 1)
    const told = others * (1 - unheard)
    const hitsOf = (end: number) => hitsOfAFill(access, writeRatio, time, ttl, end)
    const hits = hitsOf(told)
    const fetched = Math.max(0, 1 - writeRatio * (1 + hits))
    const reads = (1 + hits + fetched * access * fetch) * (1 - writeRatio)
    hitRatio += hits === Infinity ? p : (p * hits) / reads
    if (others * unheard > 0) staleShare += (p * (hits - hitsOf(told + others * unheard))) / reads
  }
  return { hitRatio, staleShare }
}

/**
 * Hits of an entry from one fill to the next, when something with a rate of `end` takes it away.
 *
 * At an age x below the characteristic time T_C no gap can have been too long: with λ the rate of accesses, v that of
 * own writes and r of reads hits come at the rate r e^(−vx). Without an end and a time to live there are a/(1 − a) hits
 * in all, a = (r/λ)(1 − e^(−λ T_C)), as each access is one with probability a. What is left for ages above T_C begins at
 * r (e^(−v T_C) − e^(−λ T_C)) and is taken to fall exponentially.
 */
function hitsOfAFill(access: number, writeRatio: number, time: number, ttl: number, end: number): number {
  const reads = access * (1 - writeRatio)
  const own = access * writeRatio
  const early = reads * integral(own + end, Math.min(time, ttl))
  if (ttl <= time) return early
  const continues = (1 - writeRatio) * -Math.expm1(-access * time)
  const left = continues / (1 - continues) - reads * integral(own, time)
  const first = reads * (Math.exp(-own * time) - Math.exp(-access * time))
  // For a key that is hardly ever requested the difference is below rounding.
  if (!(left > 1e-12 && first > 0)) return early
  return early + first * Math.exp(-end * time) * integral(first / left + end, ttl - time)
}

/** ∫ e^(−rate·a) da from 0 to an age. */
function integral(rate: number, age: number): number {
  if (age === Infinity) return 1 / rate
  return rate > 0 ? -Math.expm1(-rate * age) / rate : age
}
