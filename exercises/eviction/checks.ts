import type { Check } from '../../src/grading/exercise.js'
import { comparesHitRatios } from './compare.js'
import { takesAnyKey } from './keys.js'
import { lfu, lfuAnew, lfuTies, lru, obeys, type Rule } from './policies.js'
import { evictsAnyKey } from './random.js'
import { keepsWithinRoom } from './room.js'
import { drawsByZipf, findsTheExponent } from './zipf.js'

const choice = (id: string, title: string, rule: Rule): Check => ({
  id,
  title,
  points: 2,
  run: (solution, random) => obeys(rule, solution, random),
})

export const checks: readonly Check[] = [
  { id: 'room', title: 'hits, misses and room', points: 2, run: keepsWithinRoom },
  choice('lru', 'LRU', lru),
  choice('lfu', 'LFU, the fewest requests', lfu),
  choice('lfu-ties', 'LFU, several with the fewest', lfuTies),
  choice('lfu-anew', 'LFU, keys that come back', lfuAnew),
  { id: 'random', title: 'Random takes any key', points: 2, run: evictsAnyKey },
  { id: 'keys', title: 'any text is a key', points: 2, run: takesAnyKey },
  { id: 'exponent', title: 'the exponent of 80/20', points: 2, run: findsTheExponent },
  { id: 'zipf', title: 'requests by Zipf’s law', points: 2, run: drawsByZipf },
  { id: 'compare', title: 'the comparison', points: 2, run: comparesHitRatios },
]
