import { FrequencySketch } from '../../src/eviction/frequency-sketch.js'
import type { PolicyName } from '../../src/eviction/index.js'
import { createRandom } from '../../src/random/random.js'

/** A policy without anything fast: its queues are plain arrays of keys, in the order in which `queues` shows them. */
export interface Model {
  access(key: number): boolean
  queues(): number[][]
}

interface Options {
  seed: number
  rate: number
}

/** Takes a key out of a list; false if it wasn't in it. */
function take(list: number[], key: number): boolean {
  const at = list.indexOf(key)
  if (at >= 0) list.splice(at, 1)
  return at >= 0
}

/** Figure 4 of the paper, case by case. */
function arc(capacity: number): Model {
  const [t1, t2, b1, b2]: number[][] = [[], [], [], []]
  let p = 0
  const replace = (inB2: boolean) => {
    if (t1.length > 0 && (t1.length > p || (inB2 && t1.length === p))) b1.unshift(t1.pop()!)
    else b2.unshift(t2.pop()!)
  }
  const access = (key: number) => {
    if (take(t1, key) || take(t2, key)) {
      t2.unshift(key)
      return true
    }
    if (b1.includes(key)) {
      p = Math.min(capacity, p + Math.max(b2.length / b1.length, 1))
      replace(false)
      take(b1, key)
      t2.unshift(key)
    } else if (b2.includes(key)) {
      p = Math.max(0, p - Math.max(b1.length / b2.length, 1))
      replace(true)
      take(b2, key)
      t2.unshift(key)
    } else {
      const total = t1.length + t2.length + b1.length + b2.length
      if (t1.length + b1.length === capacity) {
        if (t1.length < capacity) {
          b1.pop()
          replace(false)
        } else t1.pop()
      } else if (total >= capacity) {
        if (total === 2 * capacity) b2.pop()
        replace(false)
      }
      t1.unshift(key)
    }
    return false
  }
  return { access, queues: () => [t1, t2, b1, b2] }
}

/** Four segments, the highest first; what doesn't divide by four makes the lowest ones longer. */
function slru(capacity: number): Model {
  const segments: number[][] = [[], [], [], []]
  const limits = [3, 2, 1, 0].map((spare) => Math.floor((capacity + spare) / 4))
  const access = (key: number) => {
    const at = segments.findIndex((segment) => segment.includes(key))
    if (at < 0) {
      if (segments.flat().length === capacity) segments.find((segment) => segment.length > 0)!.pop()
      const room = segments.findIndex((segment, i) => segment.length < limits[i])
      segments[Math.max(room, 0)].unshift(key)
      return false
    }
    take(segments[at], key)
    const target = limits[at + 1] > 0 ? at + 1 : at
    segments[target].unshift(key)
    for (let i = target; i > 0; i--)
      if (segments[i].length > limits[i]) segments[i - 1].unshift(segments[i].pop()!)
    return true
  }
  return { access, queues: () => segments.toReversed() }
}

function twoQ(capacity: number): Model {
  const [a1in, am, a1out]: number[][] = [[], [], []]
  const kin = Math.max(1, Math.floor(capacity / 4))
  const kout = Math.max(1, Math.floor(capacity / 2))
  const access = (key: number) => {
    if (a1in.includes(key)) return true
    if (take(am, key)) {
      am.unshift(key)
      return true
    }
    const remembered = take(a1out, key)
    if (a1in.length + am.length === capacity) {
      if (a1in.length > kin || am.length === 0) {
        a1out.unshift(a1in.pop()!)
        a1out.length = Math.min(a1out.length, kout)
      } else am.pop()
    }
    if (remembered) am.unshift(key)
    else a1in.unshift(key)
    return false
  }
  return { access, queues: () => [a1in, am, a1out] }
}

function s3Fifo(capacity: number): Model {
  const [small, main, ghosts]: number[][] = [[], [], []]
  const hits = new Map<number, number>()
  const smallSize = Math.max(1, Math.floor(capacity / 10))
  const mainSize = capacity - smallSize
  const evictMain = () => {
    for (;;) {
      const key = main.pop()!
      if (hits.get(key) === 0) return hits.delete(key)
      hits.set(key, hits.get(key)! - 1)
      main.unshift(key)
    }
  }
  const evictSmall = () => {
    while (small.length > 0) {
      const key = small.pop()!
      if (hits.get(key)! < 2 || mainSize === 0) {
        hits.delete(key)
        ghosts.unshift(key)
        ghosts.length = Math.min(ghosts.length, mainSize)
        return
      }
      hits.set(key, 0)
      main.unshift(key)
    }
  }
  const access = (key: number) => {
    const count = hits.get(key)
    if (count !== undefined) {
      hits.set(key, Math.min(3, count + 1))
      return true
    }
    const remembered = take(ghosts, key)
    while (small.length + main.length >= capacity) {
      if (main.length > mainSize) evictMain()
      else evictSmall()
    }
    hits.set(key, 0)
    if (remembered) main.unshift(key)
    else small.unshift(key)
    return false
  }
  return { access, queues: () => [small, main, ghosts] }
}

function lirs(capacity: number): Model {
  const [stack, queue, ghosts]: number[][] = [[], [], []]
  const lir = new Set<number>()
  const lirLimit = capacity - Math.max(1, Math.floor(capacity / 100))
  const prune = () => {
    while (stack.length > 0 && !lir.has(stack.at(-1)!)) take(ghosts, stack.pop()!)
  }
  const access = (key: number) => {
    const hot = lir.has(key)
    const hit = hot || queue.includes(key)
    if (!hit) {
      take(ghosts, key)
      if (lir.size + queue.length === capacity) {
        const victim = queue.pop()!
        if (stack.includes(victim)) ghosts.unshift(victim)
      }
    }
    take(queue, key)
    const recent = take(stack, key)
    stack.unshift(key)
    if (!hot) {
      if (lir.size < lirLimit) lir.add(key)
      else if (recent && lirLimit > 0) {
        const last = stack.pop()!
        lir.delete(last)
        queue.unshift(last)
        lir.add(key)
      } else queue.unshift(key)
    }
    prune()
    if (stack.length > 2 * capacity && ghosts.length > 0) take(stack, ghosts.pop()!)
    return hit
  }
  return { access, queues: () => [stack, queue] }
}

/** With the same sketch, which has tests of its own. */
function wTinyLfu(capacity: number, { seed }: Options) {
  const [window, probation, safe]: number[][] = [[], [], []]
  const main = Math.floor(capacity * 0.99)
  const limits = { window: capacity - main, safe: Math.floor(main * 0.8) }
  const sketch = new FrequencySketch(capacity)
  const stream = createRandom(seed, 'w-tinylfu')
  const size = () => window.length + probation.length + safe.length
  const demote = () => {
    if (safe.length > limits.safe) probation.unshift(safe.pop()!)
  }
  const admits = (candidate: number, victim: number) =>
    sketch.estimate(candidate) > sketch.estimate(victim) ||
    (sketch.estimate(candidate) >= 6 && stream.next() < 1 / 128)
  const access = (key: number) => {
    sketch.count(key)
    if (take(window, key)) window.unshift(key)
    else if (take(safe, key)) safe.unshift(key)
    else if (take(probation, key)) {
      safe.unshift(key)
      demote()
    } else {
      window.unshift(key)
      if (window.length <= limits.window) return false
      const candidate = window.pop()!
      probation.unshift(candidate)
      if (size() <= capacity) return false
      const victim = probation.at(-1)!
      take(probation, admits(candidate, victim) ? victim : candidate)
      return false
    }
    return true
  }
  return { access, queues: () => [window, probation, safe], limits, size, demote }
}

/** Climbs in whole keys: what is left of a step is added to the next. */
function adaptiveWTinyLfu(capacity: number, options: Options): Model {
  const cache = wTinyLfu(capacity, options)
  const { limits } = cache
  const [window, probation] = cache.queues()
  let ideal = limits.window
  let step = -capacity / 16
  let before = 0
  let period: boolean[] = []
  const climb = () => {
    const ratio = period.filter(Boolean).length / period.length
    const change = ratio - before
    if (change < 0) step = -step
    const most = limits.window + limits.safe
    ideal = Math.max(0, Math.min(most, ideal + step))
    while (limits.window !== Math.floor(ideal)) {
      const grows = limits.window < ideal
      limits.window += grows ? 1 : -1
      limits.safe -= grows ? 1 : -1
      cache.demote()
      if (grows) window.unshift(probation.pop()!)
      else probation.push(window.pop()!)
    }
    step = Math.abs(change) < 0.05 ? step * 0.98 : (Math.sign(step) * capacity) / 16
    before = ratio
    period = []
  }
  const access = (key: number) => {
    const full = cache.size() === capacity
    const hit = cache.access(key)
    if (full) period.push(hit)
    if (period.length === 10 * capacity) climb()
    return hit
  }
  return { access, queues: cache.queues }
}

function memcached(capacity: number): Model {
  const [hot, warm, cold]: number[][] = [[], [], []]
  const fetched = new Set<number>()
  const active = new Set<number>()
  const size = () => hot.length + warm.length + cold.length
  const settle = () => {
    for (const [list, share] of [
      [hot, 0.2],
      [warm, 0.4],
    ] as const) {
      while (list.length > 0) {
        const isActive = active.delete(list.at(-1)!)
        if (!isActive && list.length <= size() * share) break
        const key = list.pop()!
        if (isActive) warm.unshift(key)
        else cold.unshift(key)
      }
    }
  }
  const access = (key: number) => {
    if ([hot, warm, cold].some((list) => list.includes(key))) {
      if (!fetched.has(key)) fetched.add(key)
      else if (take(cold, key)) {
        warm.unshift(key)
        settle()
      } else active.add(key)
      return true
    }
    if (size() === capacity) {
      const victim = (cold.length > 0 ? cold : hot.length > 0 ? hot : warm).pop()!
      fetched.delete(victim)
      active.delete(victim)
    }
    hot.unshift(key)
    settle()
    return false
  }
  return { access, queues: () => [hot, warm, cold] }
}

function random(capacity: number, { seed }: Options): Model {
  const slots: number[] = []
  const stream = createRandom(seed, 'random eviction')
  const access = (key: number) => {
    if (slots.includes(key)) return true
    slots[slots.length < capacity ? slots.length : stream.below(capacity)] = key
    return false
  }
  return { access, queues: () => [slots] }
}

/** Redis's samples and pool, the best candidate first; `lfu` or the idle time. */
function redis(lfu: boolean) {
  return (capacity: number, { seed, rate }: Options): Model => {
    const stream = createRandom(seed, 'redis sampling')
    const slots: number[] = []
    let pool: { key: number; score: number }[] = []
    const used = new Map<number, { period: number; count: number }>()
    let requests = 0
    const period = () => Math.floor(requests / rate / (lfu ? 60 : 1))
    const idle = (key: number) => period() - used.get(key)!.period
    const count = (key: number) => Math.max(0, used.get(key)!.count - idle(key))
    const score = (key: number) => (lfu ? 255 - count(key) : idle(key))
    const victim = () => {
      for (;;) {
        for (let i = 0; i < 5; i++) {
          const key = slots[stream.below(capacity)]
          // A full pool takes no candidate that is only as good as its worst; of equals the first to come stays ahead.
          if (pool.length === 16 && pool[15].score >= score(key)) continue
          pool = [...pool, { key, score: score(key) }].sort((a, b) => b.score - a.score).slice(0, 16)
        }
        while (pool.length > 0) {
          const { key } = pool.shift()!
          if (slots.includes(key)) return key
        }
      }
    }
    const access = (key: number) => {
      requests++
      const hit = slots.includes(key)
      if (!hit) slots[slots.length < capacity ? slots.length : slots.indexOf(victim())] = key
      let uses = 5
      if (lfu && hit) {
        const before = count(key)
        const raised = before < 255 && stream.next() < 1 / (10 * Math.max(0, before - 5) + 1)
        uses = before + (raised ? 1 : 0)
      }
      used.set(key, { period: period(), count: uses })
      return hit
    }
    return { access, queues: () => [slots, pool.map(({ key }) => key)] }
  }
}

export const models: Partial<Record<PolicyName, (capacity: number, options: Options) => Model>> = {
  arc,
  slru,
  '2q': twoQ,
  's3-fifo': s3Fifo,
  lirs,
  'w-tinylfu': wTinyLfu,
  'w-tinylfu-adaptive': adaptiveWTinyLfu,
  'memcached-lru': memcached,
  random,
  'redis-lru': redis(false),
  'redis-lfu': redis(true),
}
