import type { Check } from '../../src/grading/exercise.js'
import { age, expiry, hits, losses, messages, races, room, writes } from './cases.js'
import { staleness } from './stale.js'
import { wholeHistories } from './world.js'

export const checks: readonly Check[] = [
  { id: 'hits', title: 'hits, misses and loads', points: 2, run: hits },
  { id: 'expiry', title: 'copies live for ttlMs', points: 2, run: expiry },
  { id: 'age', title: 'the age counts from the beginning of the load', points: 2, run: age },
  { id: 'set', title: 'a server reads its own writes', points: 2, run: writes },
  { id: 'messages', title: 'messages end copies', points: 2, run: messages },
  { id: 'races', title: 'loads that are overtaken', points: 2, run: races },
  { id: 'losses', title: 'messages that were lost', points: 2, run: losses },
  { id: 'room', title: 'no more copies than there is room for', points: 2, run: room },
  { id: 'stale', title: 'for how long a value was stale', points: 2, run: staleness },
  { id: 'whole', title: 'all at once', points: 2, run: wholeHistories },
]
