import type { Check } from '../../src/grading/exercise.js'
import { onlyTheOwner, pausedRelease } from './releasing.js'
import { schedules } from './schedule.js'
import { fences } from './storage.js'
import { endsByItself, growingTokens, onlyOne, racing } from './taking.js'
import { waits } from './waiting.js'

export const checks: readonly Check[] = [
  { id: 'one', title: 'one holder at a time', points: 2, run: onlyOne },
  { id: 'expiry', title: 'the lock of a dead client ends', points: 2, run: endsByItself },
  { id: 'race', title: 'two clients at the same moment', points: 2, run: racing },
  { id: 'owner', title: 'only the owner releases', points: 2, run: onlyTheOwner },
  { id: 'release', title: 'a release that pauses in the middle', points: 2, run: pausedRelease },
  { id: 'tokens', title: 'each holder has a higher token', points: 2, run: growingTokens },
  { id: 'storage', title: 'the storage refuses old tokens', points: 2, run: fences },
  { id: 'waiting', title: 'a client that waits', points: 2, run: waits },
  { id: 'schedule', title: 'many clients: pauses, deaths, new starts', points: 3, run: schedules },
]
