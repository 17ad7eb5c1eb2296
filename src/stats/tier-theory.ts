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
 * An entry is filled, and hit until a gap between accesses is longer than Che's characteristic time T_C (a share q =
 * e^(−λ T_C) of the gaps), the server writes the key itself, a message (rate d) takes it away, or its time to live T is
 * over; then it is filled anew. Gaps that are no longer than T_C are m = 1/λ − T_C q/(1 − q) on average. With a = (1 −
 * q)(1 − writeRatio), the chance that an access is a hit as far as the LRU goes, hits at age x come at the rate a/m ·
 * e^(−((1 − a)/m + d)x): summed up to T these are H hits for each fill, of 1 + H accesses. Those are stale that come
 * after a write that was not heard of (rate u): a share 1 − e^(−ux). Fills that no write of the server's own brings are
 * fetched, which lets the reads of that time miss as well. O(keys).
 */
export function localCacheTheory(model: LocalCacheModel): { hitRatio: number; staleShare: number } {
  const { probabilities, capacity, rate, writeRatio, servers, ttl, fetch, unheard } = model
  const time = characteristicTime(probabilities, capacity) / rate
  let hitRatio = 0
  let staleShare = 0
  for (const p of probabilities) {
    const access = p * rate
    const others = access * writeRatio * (servers - 1)
    const continues = -Math.expm1(-access * time) * (1 - writeRatio)
    const gap = gapWithin(access, time)
    const end = (1 - continues) / gap + others * (1 - unheard)
    const missed = others * unheard
    const hits = (continues / gap) * integral(end, ttl)
    const stale = hits - (continues / gap) * integral(end + missed, ttl)
    const fetched = Math.max(0, 1 - writeRatio * (1 + hits))
    const reads = (1 + hits + fetched * access * fetch) * (1 - writeRatio)
    hitRatio += hits === Infinity ? p : (p * hits) / reads
    if (missed > 0) staleShare += (p * stale) / reads
  }
  return { hitRatio, staleShare }
}

/** Mean of exponential gaps of a rate that are no longer than a time. */
function gapWithin(rate: number, time: number): number {
  const x = rate * time
  if (x === Infinity) return 1 / rate
  return x < 1e-6 ? time / 2 : (1 - x / Math.expm1(x)) / rate
}

/** ∫ e^(−rate·a) da from 0 to an age. */
function integral(rate: number, age: number): number {
  if (age === Infinity) return 1 / rate
  return rate > 0 ? -Math.expm1(-rate * age) / rate : age
}
