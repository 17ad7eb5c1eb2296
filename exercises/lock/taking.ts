import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { drawLock, type Lock, Locks } from './clients.js'
import type { Call } from './world.js'

const WORLDS = 3

/** One client at a time has a lock; others are others. */
export async function onlyOne(solution: Solution, random: Random): Promise<void> {
  const next = 'SET with NX sets the key only where it is not there yet, and answers null else.'
  for (let i = 0; i < WORLDS; i++) {
    const locks = new Locks(solution, next)
    const lock = drawLock(random)
    const other = { ...lock, name: `${lock.name}0` }
    const [a, b, c] = [locks.owner(), locks.owner(), locks.owner()]
    await got(locks, lock, a)
    await refused(locks, lock, b)
    await got(locks, other, b)
    await refused(locks, other, a)
    await refused(locks, lock, c)
  }
}

export async function got(locks: Locks, lock: Lock, owner: string): Promise<number> {
  const token = await locks.acquire(lock, owner)
  return token ?? locks.fail(`the lock is free, so ${owner} must get it`)
}

async function refused(locks: Locks, lock: Lock, owner: string): Promise<void> {
  if ((await locks.acquire(lock, owner)) !== null) locks.fail('the lock is held, so it must be null')
}

/** A lock ends by itself, on time; also where its client died in the middle of acquiring it. */
export async function endsByItself(solution: Solution, random: Random): Promise<void> {
  const next =
    'Redis must free the lock by itself: give it its life, in milliseconds (PX), in the same command that takes it.'
  for (let i = 0; i < WORLDS; i++) {
    const locks = new Locks(solution, next)
    const lock = drawLock(random)
    await got(locks, lock, locks.owner())
    locks.pass(lock.ttl - 1)
    await refused(locks, lock, locks.owner())
    locks.pass(2)
    await got(locks, lock, locks.owner())
    locks.pass(lock.ttl + 1)
    await got(locks, lock, locks.owner())
  }
  const lock = drawLock(random)
  for (let dies = 0; dies < (await commandsOf(solution, lock)); dies++) {
    const locks = new Locks(solution, next)
    await locks.acquire(lock, locks.owner(), { dies })
    locks.pass(lock.ttl + 1)
    await got(locks, lock, locks.owner())
  }
}

/** How many commands it takes to acquire a free lock. */
async function commandsOf(solution: Solution, lock: Lock): Promise<number> {
  const { world } = new Locks(solution, '')
  return (await world.call('acquire', [lock.name, 'c1', lock.ttl])).commands.length
}

/** A call of a second client, made where the first has come to a command: what it sent, and its token. */
interface Second {
  readonly token: number | null
  readonly acquired: Call['commands']
  readonly released: Call['commands']
}

/** Takes a second client's call down, in a world where the first one stops at the command. */
async function second(locks: Locks, lock: Lock, dies: number, wait: number): Promise<Second> {
  const [a, b] = [locks.owner(), locks.owner()]
  await locks.acquire(lock, a, { dies })
  if (wait > 0) locks.pass(wait)
  const { name, ttl } = lock
  const acquired = await locks.world.call('acquire', [name, b, ttl])
  const released = await locks.world.call('release', [name, b])
  const value = 'value' in acquired.came ? acquired.came.value : null
  return {
    token: typeof value === 'number' ? value : null,
    acquired: acquired.commands,
    released: released.commands,
  }
}

/** In the middle of one client's acquire another one acquires the lock: one of them gets it. */
export async function racing(solution: Solution, random: Random): Promise<void> {
  const next =
    'Looking whether the lock is free and taking it must be one step: another client comes in between two commands.'
  const lock = drawLock(random)
  const alone = new Locks(solution, next)
  await got(alone, lock, alone.owner())
  for (let before = 0; before < (await commandsOf(solution, lock)); before++) {
    const other = await second(new Locks(solution, next), lock, before, 0)
    const locks = new Locks(solution, next)
    const [a, b] = [locks.owner(), locks.owner()]
    const meanwhile = () => locks.replay(`${b} acquires it → ${other.token}`, other.acquired)
    const token = await locks.acquire(lock, a, { before, meanwhile })
    if (token !== null && other.token !== null) locks.fail('both have the lock')
    if (token === null && other.token === null) locks.fail('nobody has the lock, so one of them must get it')
  }
}

/** Every holder has a higher token than the holders before it. */
export async function growingTokens(solution: Solution, random: Random): Promise<void> {
  const next =
    'Count with INCR, on a key that never expires, in one step with taking the lock: between MULTI and EXEC.'
  for (let i = 0; i < WORLDS; i++) {
    const locks = new Locks(solution, next)
    const lock = drawLock(random)
    let last = 0
    for (let round = 0; round < 6; round++) {
      const owner = locks.owner()
      const token = await locks.acquire(lock, owner)
      if (token === null) locks.fail('the lock is free, so the client must get it')
      else if (token <= last) locks.fail(`the token must be higher than ${last}`)
      else last = token
      if (random.below(2) === 0) await locks.release(lock, owner)
      else locks.pass(lock.ttl + 1)
      if (random.below(4) === 0) locks.pass(86_400_000)
      if (i === 0 && round === 2) await locks.newProcess()
    }
  }
  const lock = drawLock(random)
  for (let before = 0; before < (await commandsOf(solution, lock)); before++) {
    await pausedBefore(solution, lock, before, next)
    await overtakenBefore(solution, lock, before, next)
  }
}

/** The first client pauses for longer than the lock lives, and the second gets the lock: its token is the higher one. */
async function pausedBefore(solution: Solution, lock: Lock, before: number, next: string): Promise<void> {
  const wait = lock.ttl + 1
  const other = await second(new Locks(solution, next), lock, before, wait)
  const locks = new Locks(solution, next)
  const [a, b] = [locks.owner(), locks.owner()]
  const meanwhile = () => {
    locks.pass(wait)
    locks.replay(`${b} acquires it → ${other.token}`, other.acquired)
  }
  const token = await locks.acquire(lock, a, { before, meanwhile })
  if (token !== null && other.token !== null && token >= other.token)
    locks.fail(`${b} has the lock, so ${a} must get null, or a lower token than ${other.token}`)
}

/** The second gets the lock and releases it, and then the first gets it: the first one's token is the higher one. */
async function overtakenBefore(solution: Solution, lock: Lock, before: number, next: string): Promise<void> {
  const other = await second(new Locks(solution, next), lock, before, 0)
  if (other.token === null) return
  const locks = new Locks(solution, next)
  const [a, b] = [locks.owner(), locks.owner()]
  const meanwhile = () => {
    locks.replay(`${b} acquires it → ${other.token}`, other.acquired)
    locks.replay(`${b} releases it`, other.released)
  }
  const token = await locks.acquire(lock, a, { before, meanwhile })
  if (token !== null && token <= other.token)
    locks.fail(`${a} has the lock after ${b}, so its token must be higher than ${other.token}`)
}
