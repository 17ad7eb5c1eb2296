import { shown } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { drawLock, type Lock, Locks } from './clients.js'

/** How often a client that waits has to ask at least. */
const PERIOD_MS = 100

/** A client that waits gets the lock when it is released, or when its holder has died; or gives up. */
export async function waits(solution: Solution, random: Random): Promise<void> {
  const next = `Call acquire, and as long as it returns null, sleep and call it again: at least every ${PERIOD_MS} ms, and until the time is over.`
  const dry = new Locks(solution, next)
  const lock = drawLock(random)
  await dry.acquire(lock, 'c1')
  const { commands } = await dry.world.call('release', [lock.name, 'c1'])
  const longer = { ...lock, ttl: 20_000 }
  await wait(new Locks(solution, next), lock, 1000, 0)
  // Released while it waits.
  for (const at of [50, 300 + random.below(500)]) {
    const locks = new Locks(solution, next)
    await locks.acquire(longer, locks.owner())
    locks.world.after(at, () => locks.replay(`${at} ms later c1 releases it`, commands))
    await wait(locks, longer, 2000, at)
  }
  // Its holder has died.
  const orphan = new Locks(solution, next)
  await orphan.acquire(lock, orphan.owner())
  await wait(orphan, lock, lock.ttl + 1000, lock.ttl)
  const held = new Locks(solution, next)
  await held.acquire(longer, held.owner())
  await wait(held, longer, 700 + random.below(500), undefined)
}

/** Waits for a lock that is free after so many milliseconds, or not at all. */
async function wait(locks: Locks, lock: Lock, waitMs: number, freeAfter: number | undefined): Promise<void> {
  const { name, ttl } = lock
  const owner = locks.owner()
  const { value, call } = await locks.made(`${owner} waits ${waitMs} ms for ${shown(name)}`, {}, (fate) =>
    locks.world.call('acquireWithin', [name, owner, ttl, waitMs], fate),
  )
  const token = locks.token('acquireWithin', value)
  const took = `, after ${call.slept} ms of sleep`
  if (freeAfter === undefined) {
    if (token !== null) locks.fail('the lock is held for longer than that, so it must be null')
    if (call.slept > waitMs + PERIOD_MS) locks.fail(`it must give up after ${waitMs} ms${took}`)
    if (call.slept < waitMs - PERIOD_MS)
      locks.fail(`it must not give up before ${waitMs} ms have passed${took}`)
  } else {
    if (token === null) locks.fail(`the lock is free after ${freeAfter} ms, so ${owner} must get it`)
    if (call.slept > freeAfter + PERIOD_MS)
      locks.fail(
        `the lock is free after ${freeAfter} ms, and ${owner} must get it at most ${PERIOD_MS} ms later${took}`,
      )
  }
  if (call.commands.length > 20 * (call.slept + 1))
    locks.fail(`it sent ${call.commands.length} commands in ${call.slept} ms: sleep in between`)
}
