import type { Check } from '../../src/grading/exercise.js'
import { elections, votes } from './election.js'
import { freshReports, leads, objectivelyDown, subjectivelyDown } from './master.js'
import { byOffset, byPriority, tooLongApart, unfit } from './replicas.js'

export const checks: readonly Check[] = [
  { id: 'sdown', title: 'subjectively down: what one sentinel sees', points: 2, run: subjectivelyDown },
  { id: 'odown', title: 'objectively down: the quorum agrees', points: 2, run: objectivelyDown },
  { id: 'fresh', title: 'old reports do not count', points: 2, run: freshReports },
  { id: 'vote', title: 'one vote an epoch', points: 2, run: votes },
  { id: 'majority', title: 'a majority of all known sentinels, in this epoch', points: 2, run: leads },
  { id: 'election', title: 'whole elections: one leader at most', points: 2, run: elections },
  { id: 'unfit', title: 'replicas with priority 0, or not heard from lately', points: 2, run: unfit },
  { id: 'apart', title: 'replicas that were without the master for too long', points: 2, run: tooLongApart },
  { id: 'priority', title: 'the lowest priority is promoted', points: 2, run: byPriority },
  {
    id: 'ties',
    title: 'of equal priority the highest offset, then the first run id',
    points: 2,
    run: byOffset,
  },
]
