import { shorter, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { drawLock, type Lock, Locks } from './clients.js'
import { isSame, type Stored, type Written, write } from './storage.js'

const NEXT =
  'A client that pauses does not notice that its lock is over. So the storage must refuse its token once it has seen a higher one.'

/** One step of one client, or time that passes for all. */
interface Step {
  readonly client: number
  readonly what: 'acquire' | 'write' | 'release' | 'dies' | 'pause'
  readonly ms: number
}

const CLIENTS = 3
const STEPS = 24

/** What goes wrong without an owner, a token, or a storage that knows it; each client's number, and what it does; a pause, or half of one. */
const KNOWN = [
  ...many(8, () => '1a p 2a 2w 1w 1w'),
  '1a p 2a 2w 2r 3a 3w 1w',
  '1a 1w 2a 1r 2a 2w 2w 2r 3a 3w',
  '1a p 2a 1r 3a 2w 2r',
  '1a h 2a h 3a 3w',
  '1a 1d 2a p 2a 2w p 1a 1w 2w',
]
const WORDS = { a: 'acquire', w: 'write', r: 'release', d: 'dies' } as const

const known = (text: string, ttl: number): Step[] =>
  text.split(' ').map((word): Step => {
    const [client, what] = word
    const ms = { p: ttl + 1, h: Math.ceil(0.6 * ttl) }[word]
    return ms !== undefined
      ? { client: 0, what: 'pause', ms }
      : { client: Number(client) - 1, what: WORDS[what as keyof typeof WORDS], ms: 0 }
  })

/** Each client acquires, pauses or not, writes and releases, in any order with the others; some die. */
function drawSteps(random: Random, ttl: number): Step[] {
  return many(STEPS, () => {
    const at = random.below(12)
    const what = at < 4 ? 'acquire' : at < 8 ? 'write' : at < 9 ? 'release' : at < 10 ? 'dies' : 'pause'
    const ms = random.below(3) === 0 ? 1 + random.below(ttl) : ttl + 1 + random.below(ttl)
    return { client: random.below(CLIENTS), what, ms }
  })
}

/** One client as the schedule knows it. */
interface Client {
  owner: string
  token: number | undefined
}

/** Plays steps with the solution's clients and its storage, and fails where two holders' writes are both accepted. */
async function play(solution: Solution, lock: Lock, steps: readonly Step[]): Promise<void> {
  const locks = new Locks(solution, NEXT)
  const clients = many(CLIENTS, (): Client => ({ owner: locks.owner(), token: undefined }))
  /** Who really holds the lock, and until when. */
  let holder: { readonly client: Client; until: number } | undefined
  let now = 0
  let record: Stored | null = null
  let last: { readonly owner: string; readonly held: number } | undefined
  const held = new Map<Client, number>()
  let holders = 0
  for (const { client: at, what, ms } of steps) {
    const client = clients[at]
    const isHeld: boolean = holder !== undefined && holder.until >= now
    if (what === 'pause') {
      locks.pass(ms)
      now += ms
    } else if (what === 'acquire' && client.token === undefined) {
      const token = await locks.acquire(lock, client.owner)
      if (token !== null && isHeld) locks.fail(`${holder!.client.owner} holds the lock`)
      if (token === null && !isHeld) locks.fail('the lock is free, so it must get it')
      if (token === null) continue
      client.token = token
      held.set(client, ++holders)
      holder = { client, until: now + lock.ttl }
    } else if (what === 'write' && client.token !== undefined) {
      const value = `by ${client.owner}`
      const { accepted, record: stored } = await writeOf(locks, solution, {
        record,
        token: client.token,
        value,
      })
      locks.world.tell(
        `${client.owner} writes with the token ${client.token} → ${accepted ? 'accepted' : 'refused'}`,
      )
      record = stored
      const own = held.get(client)!
      if (accepted && last && last.held > own)
        locks.fail(`${last.owner} had the lock after ${client.owner}, and wrote already`)
      if (!accepted && isHeld && holder!.client === client) locks.fail(`${client.owner} holds the lock`)
      if (accepted) last = { owner: client.owner, held: own }
    } else if (what === 'release' && client.token !== undefined) {
      const isOwn = isHeld && holder!.client === client
      if ((await locks.release(lock, client.owner)) !== isOwn) locks.fail(`it must be ${isOwn}`)
      client.token = undefined
      if (isOwn) holder = undefined
    } else if (what === 'dies') {
      locks.world.tell(`${client.owner} dies`)
      clients[at] = { owner: locks.owner(), token: undefined }
    }
  }
}

async function writeOf(
  locks: Locks,
  solution: Solution,
  { record, token, value }: { record: Stored | null; token: number; value: string },
): Promise<Written> {
  const [outcome] = await solution.call('write', [[record, token, value]])
  if ('error' in outcome) return locks.fail(`write: ${outcome.error}`)
  const given = outcome.value as Written
  const own: Written = { accepted: given?.accepted === true, record: given?.record ?? null }
  const isRecord = own.record === null || typeof own.record.token === 'number'
  return isRecord || isSame(given, write({ record, token, value }))
    ? own
    : locks.fail(`your write returned ${shown(given)}`)
}

const ROUNDS = 6
const MAX_TRIES = 120

/** Clients that pause for longer than their lock lives, die and come back. */
export async function schedules(solution: Solution, random: Random): Promise<void> {
  for (let round = 0; round < KNOWN.length + ROUNDS; round++) {
    const lock = drawLock(random)
    const steps = round < KNOWN.length ? known(KNOWN[round], lock.ttl) : drawSteps(random, lock.ttl)
    const failure = await failureOf(solution, lock, steps)
    if (failure) throw await smallest(solution, lock, steps, failure)
  }
}

async function failureOf(
  solution: Solution,
  lock: Lock,
  steps: readonly Step[],
): Promise<Failure | undefined> {
  try {
    await play(solution, lock, steps)
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

async function smallest(
  solution: Solution,
  lock: Lock,
  failing: readonly Step[],
  failure: Failure,
): Promise<Failure> {
  let [best, steps] = [failure, failing]
  for (let tries = MAX_TRIES, isSmaller = true; isSmaller && tries > 0; ) {
    isSmaller = false
    for (const fewer of shorter(steps)) {
      if (tries-- <= 0) break
      const other = await failureOf(solution, lock, fewer)
      if (!other) continue
      ;[best, steps, isSmaller] = [other, fewer, true]
      break
    }
  }
  return best
}
