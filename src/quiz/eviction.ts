import { type PolicyName, policies } from '../eviction/index.js'
import type { Random } from '../random/random.js'
import { exponentForSkew, topShare } from '../workload/zipf.js'
import { fixed, type Question } from './question.js'

interface Drawn {
  readonly capacity: number
  readonly requests: readonly string[]
  readonly hits: number
  /** What left at the last request. */
  readonly evicted: string | null
}

/** Requests for a few keys, and what a policy makes of them; the last one makes a key leave. */
function draw(policy: PolicyName, random: Random): Drawn {
  const capacity = 2 + random.below(2)
  for (;;) {
    const requests = Array.from({ length: 6 + random.below(3) }, () => 'ABCDE'[random.below(capacity + 2)])
    const names = [...new Set(requests)]
    const keys = Uint32Array.from(requests, (name) => names.indexOf(name))
    const cache = policies[policy].create({
      capacity,
      keyCount: names.length,
      requests: keys,
      seed: 1,
      rate: 1,
    })
    let hits = 0
    for (const key of keys.subarray(0, -1)) hits += Number(cache.access(key))
    const inside = names.filter((_, key) => cache.has(key))
    hits += Number(cache.access(keys[keys.length - 1]))
    const evicted = inside.find((name) => !cache.has(names.indexOf(name))) ?? null
    if (evicted !== null && hits > 0) return { capacity, requests, hits, evicted }
  }
}

/** Which key leaves at the last of a few requests. */
function whoLeaves(policy: PolicyName, why: string): Question {
  return {
    id: `${policy}-leaves`,
    ask(random) {
      const { capacity, requests, evicted } = draw(policy, random)
      return {
        text: `A cache of ${capacity} keys under ${policy.toUpperCase()} gets the requests ${requests.join(' ')}. Which key leaves at the last one?`,
        answer: evicted!,
        explanation: `${evicted}: ${why}.`,
        command: `cachelab evict steps --policy ${policy} --capacity ${capacity} ${requests.join(' ')}`,
      }
    },
  }
}

export const eviction: readonly Question[] = [
  whoLeaves('lru', 'it was not used for longest'),
  whoLeaves(
    'lfu',
    'it has the fewest requests since it came in, and of several such keys was not used for longest',
  ),
  whoLeaves('fifo', 'it came in first, and hits change nothing about that'),
  {
    id: 'count-hits',
    ask(random) {
      const { capacity, requests, hits } = draw('lru', random)
      return {
        text: `How many of the requests ${requests.join(' ')} hit in an empty cache of ${capacity} keys under LRU?`,
        answer: String(hits),
        near: 0,
        explanation: `${hits}: a request hits if its key is still among the last ${capacity} different ones.`,
        command: `cachelab evict steps --policy lru --capacity ${capacity} ${requests.join(' ')}`,
      }
    },
  },
  {
    id: 'uniform-ratio',
    ask(random) {
      const [keys, capacity] = [1000, 50 * (1 + random.below(8))]
      return {
        text: `All of ${keys} keys are asked for alike, and the cache holds ${capacity}. Which hit ratio, in percent, does LRU come to once the cache is full?`,
        answer: String((100 * capacity) / keys),
        near: 1,
        explanation:
          'capacity ÷ keys, with every policy that can’t see the future: no key is worth more than another.',
        command: `cachelab evict --workloads uniform --keys ${keys} --capacity ${capacity}`,
      }
    },
  },
  {
    id: 'loop',
    ask(random) {
      const capacity = 10 * (2 + random.below(8))
      return {
        text: `A program goes through ${capacity + 1} keys again and again, and the cache holds ${capacity}. How many percent of the requests hit under LRU?`,
        answer: '0',
        near: 0,
        explanation:
          'None: each key leaves just before it is asked for again. Random would do far better here.',
        command: `cachelab evict --workloads loop --keys ${capacity + 1} --capacity ${capacity} --policies lru,random`,
      }
    },
  },
  {
    id: 'top-share',
    ask(random) {
      const top = 10 * (1 + random.below(5))
      const share = topShare(1000, top, exponentForSkew(1000, 0.2, 0.8))
      return {
        text: `Of 1000 keys a fifth gets 80 % of the requests, by Zipf’s law. About how many percent do the ${top} most popular keys get?`,
        answer: String(Math.round(share * 100)),
        near: 6,
        explanation: `${(share * 100).toFixed(1)} %: inside the popular fifth it is just as uneven as outside.`,
        command: 'cachelab evict workloads',
      }
    },
  },
  fixed('skew-gains', {
    text: 'Which of LRU, LFU and Random gains most when the workload changes from uniform to 80/20?',
    answer: 'LFU',
    others: ['LRU', 'Random', 'all the same'],
    explanation: 'The most popular keys stay the most popular, and LFU is the one that counts.',
    command: 'cachelab evict skew',
  }),
  fixed('lfu-weakness', {
    text: 'When does LFU do badly?',
    answer: 'when the popular keys change: old ones have high counts for long',
    others: [
      'when a few keys get most requests',
      'when the cache is large',
      'when all keys are read equally often',
    ],
    explanation:
      'A count is a memory that doesn’t fade. Policies such as W-TinyLFU halve their counts from time to time.',
    command: 'cachelab evict --workloads hotspot --policies lru,lfu',
  }),
  fixed('opt', {
    text: 'What does Belady’s optimum do that no real cache can?',
    answer: 'it knows when each key will be asked for next',
    others: ['it has no limit on memory', 'it never misses', 'it keeps counts of evicted keys'],
    explanation:
      'The key that is needed last leaves. It is the ceiling against which the others are measured.',
    command: 'cachelab evict --policies lru,lfu,opt',
  }),
]
