import follow from './follow.redis'
import leaderboard from './leaderboard.redis'
import likes from './likes.redis'
import lock from './lock.redis'
import queue from './queue.redis'
import rateLimit from './rate-limit.redis'
import recent from './recent.redis'
import session from './session.redis'

/** Annotated scripts by use case; each shows the race condition of a non-atomic solution. */
export const demos = {
  session,
  leaderboard,
  recent,
  likes,
  queue,
  lock,
  'rate-limit': rateLimit,
  follow,
} as const

export type DemoName = keyof typeof demos
export const demoNames = Object.keys(demos) as DemoName[]
