import { shown } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { drawLock, type Lock, Locks } from './clients.js'
import { got } from './taking.js'

const WORLDS = 3

/** Only the owner releases a lock, and only while it is its own. */
export async function onlyTheOwner(solution: Solution, random: Random): Promise<void> {
  const next = 'Store the owner in the lock, and delete the key only if it holds the one who asks.'
  for (let i = 0; i < WORLDS; i++) {
    const locks = new Locks(solution, next)
    const lock = drawLock(random)
    const [a, b] = [locks.owner(), locks.owner()]
    const expect = async (owner: string, expected: boolean, why: string) => {
      if ((await locks.release(lock, owner)) !== expected) locks.fail(`${why}, so it must be ${expected}`)
    }
    if (i === 0) await expect(a, false, 'nobody holds the lock')
    await locks.acquire(lock, a)
    if (i === 0) await locks.newProcess()
    await expect(b, false, `${a} holds the lock`)
    await expectHeld(locks, lock, a)
    await expect(a, true, `${a} holds the lock`)
    await expect(a, false, 'nobody holds the lock')
    await got(locks, lock, a)
    locks.pass(lock.ttl + 1)
    await expect(a, false, `the lock of ${a} has expired`)
    await locks.acquire(lock, b)
    await expect(a, false, `${b} holds the lock`)
    await expectHeld(locks, lock, b)
  }
}

/** Another client must not get the lock. */
async function expectHeld(locks: Locks, lock: Lock, owner: string): Promise<void> {
  if ((await locks.acquire(lock, locks.owner())) !== null)
    locks.fail(`${owner} had the lock, and it was taken away`)
}

/** In the middle of a release the lock expires, and another client gets it: it keeps it. */
export async function pausedRelease(solution: Solution, random: Random): Promise<void> {
  const next =
    'Comparing the owner and deleting the key must be one step: DELIFEQ, or WATCH before GET and DEL between MULTI and EXEC.'
  const lock = drawLock(random)
  const { name, ttl } = lock
  const wait = ttl + 1
  const whole = new Locks(solution, next)
  const first = whole.owner()
  await whole.acquire(lock, first)
  const released = await whole.made(`${first} releases ${shown(name)}`, {}, (fate) =>
    whole.world.call('release', [name, first], fate),
  )
  if (released.value !== true) whole.fail(`${first} holds the lock, so it must be true`)
  const { commands } = released.call
  for (let before = 0; before < commands.length; before++) {
    const dry = new Locks(solution, next)
    const [a, b] = [dry.owner(), dry.owner()]
    await dry.acquire(lock, a)
    await dry.release(lock, a, { dies: before })
    dry.pass(wait)
    const other = await dry.world.call('acquire', [name, b, ttl])
    // That it must be free by then is another check's concern.
    if (!('value' in other.came) || other.came.value === null) continue
    const locks = new Locks(solution, next)
    await locks.acquire(lock, locks.owner())
    const meanwhile = () => {
      locks.pass(wait)
      locks.replay(`${locks.owner()} acquires it`, other.commands)
    }
    await locks.release(lock, a, { before, meanwhile })
    await expectHeld(locks, lock, b)
  }
}
