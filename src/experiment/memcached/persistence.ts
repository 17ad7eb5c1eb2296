import { defaultSavePoints } from '../durability/setup.js'

/** Persistence modes: the rule by which a server writes to disk. */
export const persistences = {
  memcached: { server: 'Memcached', rule: 'memory only' },
  none: { server: 'Redis, save ""', rule: 'memory only' },
  rdb: { server: 'Redis, RDB', rule: 'a snapshot 1 h after 1 write, 5 min after 100, 1 min after 10,000' },
  'aof-everysec': { server: 'Redis, AOF everysec', rule: 'the log reaches the disk each second' },
  'aof-always': { server: 'Redis, AOF always', rule: 'the log reaches the disk before the answer' },
} as const

export type Persistence = keyof typeof persistences

/** Milliseconds between two checks of the save points. */
const CRON = 100

/**
 * Acknowledged writes lost by a restart, for a server with `rate` writes a second and a crash at a time in
 * milliseconds. Snapshots and syncs are taken to be instantaneous. O(crash ÷ 100 ms).
 */
export function lostAtCrash(mode: Persistence, { rate, crash }: { rate: number; crash: number }): number {
  const writtenBy = (time: number) => Math.floor((rate * time) / 1000)
  const written = writtenBy(crash)
  if (mode === 'memcached' || mode === 'none') return written
  if (mode === 'aof-always') return 0
  if (mode === 'aof-everysec') return written - writtenBy(Math.floor((crash - 1) / 1000) * 1000)
  let saved = 0
  let savedAt = 0
  for (let now = CRON; now < crash; now += CRON) {
    const changes = writtenBy(now) - saved
    const isDue = defaultSavePoints.some(
      (point) => now - savedAt > point.seconds * 1000 && changes >= point.changes,
    )
    if (!isDue) continue
    saved = writtenBy(now)
    savedAt = now
  }
  return written - saved
}
