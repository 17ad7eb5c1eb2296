import { checkCases } from '../../src/grading/cases.js'
import { drawKey, many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { type History, historyCheck, Writer } from './history.js'
import { isPlain } from './model.js'

const ROUNDS = 8
const DAY_MS = 86_400_000
/** Keys that are texts like any other. */
const ODD_KEYS = ['__proto__', 'constructor', '10', ' ', 'ключ']

/** Writes a history with some of the keys. */
type Draw = (writer: Writer, keys: readonly string[], random: Random) => void

/** A check of histories in which nothing expires, and everything has room, unless it is about that. */
const check =
  (next: string, draw: Draw, settings: (random: Random) => Partial<Writer['settings']> = () => ({})) =>
  async (solution: Solution, random: Random): Promise<void> => {
    const histories = many(ROUNDS, (): History => {
      for (;;) {
        const writer = new Writer({ capacity: 100, ttlMs: DAY_MS, ...settings(random) }, random)
        draw(writer, distinct(6, random), random)
        if (isPlain(writer.settings, writer.events)) return writer.history
      }
    })
    await checkCases(
      solution,
      histories.sort((a, b) => a.events.length - b.events.length),
      historyCheck(next),
    )
  }

function distinct(count: number, random: Random): string[] {
  const keys = new Set<string>()
  while (keys.size < count - 1) keys.add(drawKey(random))
  return shuffle([...keys, ODD_KEYS[random.below(ODD_KEYS.length)]], random)
}

const LITTLE_TTL = (random: Random) => ({ ttlMs: 100 * (2 + random.below(50)) })

export const hits = check(
  'A get returns the copy if there is one. Else it is null, a load begins, and its answer is kept when it comes.',
  (writer, keys, random) => {
    const loads = keys.map((key) => writer.get(key))
    writer.get(keys[0])
    for (const i of shuffle([...keys.keys()], random)) {
      // One load never gets its answer.
      if (i !== 1) writer.soon().loaded(keys[i], loads[i])
      for (const key of shuffle([...keys], random).slice(0, 3)) writer.get(key)
    }
    for (const odd of ['', ' ', '0', 'null', 'false']) {
      const key = `${keys[1]}${odd}`
      writer.loaded(key, writer.get(key), odd).get(key)
    }
  },
)

export const expiry = check(
  'A copy is served as long as less than ttlMs have passed since its load began. Being served does not make it younger.',
  (writer, [a, b, c], random) => {
    const { ttlMs } = writer.settings
    for (let round = 0; round < 2; round++) {
      const since = writer.fill(a).now
      writer.get(a, since + Math.floor(ttlMs / 3) + random.below(9))
      writer.get(a, since + Math.floor((2 * ttlMs) / 3) + random.below(9))
      if (round === 0) writer.get(a, since + ttlMs - 1)
      writer.loaded(a, writer.get(a, since + ttlMs))
      const other = writer.fill(b).now
      writer.get(a)
      writer.get(b, other + ttlMs - 1)
      writer.get(c, other + ttlMs + random.below(ttlMs))
      writer.get(a)
      writer.get(b)
    }
  },
  LITTLE_TTL,
)

export const age = check(
  'The value may have been overwritten right after the load began, so its age counts from there, not from when the answer came.',
  (writer, [a, b], random) => {
    const { ttlMs } = writer.settings
    for (const key of [a, b]) {
      const load = writer.get(key)
      const since = writer.now
      writer.pass(2 + random.below(ttlMs >> 1)).loaded(key, load)
      writer.get(key)
      writer.get(key, since + ttlMs - 1)
      writer.get(key, since + ttlMs + random.below(2))
    }
    // Its answer comes when it is too old already.
    const load = writer.get(a)
    writer.pass(ttlMs + random.below(50)).loaded(a, load)
    writer.get(a)
  },
  LITTLE_TTL,
)

export const writes = check(
  'A server that writes a value keeps it, and reads it from then on; its age counts from the set.',
  (writer, [a, b, c, d], random) => {
    const { ttlMs } = writer.settings
    writer.fill(a).fill(b).set(a).get(a)
    writer.set(c).get(c)
    writer.set(c).get(b)
    writer.get(c)
    writer.get(d)
    const since = writer.set(random.below(2) === 0 ? a : b).now
    for (const key of [a, b]) writer.get(key, Math.max(writer.now, since + ttlMs - 1))
    writer.pass(10)
    for (const key of [a, b, c]) writer.get(key)
  },
  LITTLE_TTL,
)

export const messages = check(
  'A message ends the copy of its key, and of no other. The next get loads the key again.',
  (writer, keys, random) => {
    for (const key of keys) writer.fill(key)
    for (let round = 0; round < 3; round++) {
      const key = keys[random.below(keys.length)]
      writer.invalidate(key).get(keys[random.below(keys.length)])
      writer.loaded(key, writer.get(key))
      if (random.below(2) === 0) writer.invalidate('other')
      for (const one of shuffle([...keys], random).slice(0, 3)) writer.get(one)
    }
    writer.invalidate(keys[0])
    for (const key of keys) writer.get(key)
  },
)

const OVERTAKEN =
  'An answer is as old as its load. If a message or a set for its key came after the load began, or there is a copy whose load began later, do not keep it.'

/** A load is under way while its key changes. */
export const races = check(OVERTAKEN, (writer, [a, b, c, d, e], random) => {
  for (const [key, overtake] of shuffle(
    [
      [a, () => writer.invalidate(a)],
      [b, () => writer.set(b)],
      // Another key's message doesn't matter.
      [c, () => writer.invalidate(d)],
      // The set's own copy is gone when the answer comes.
      [e, () => writer.set(e).invalidate(e)],
    ] as const,
    random,
  )) {
    const load = writer.get(key)
    overtake()
    if (random.below(2) === 0) writer.get(d)
    writer.soon().loaded(key, load).get(key)
    writer.fill(key).get(key)
  }
  // Two loads of one key, of which only the second began after the message.
  const first = writer.invalidate(d).get(d)
  const second = writer.invalidate(d).get(d)
  writer.soon().loaded(d, second).soon().loaded(d, first)
  writer.get(d)
  // Two loads that nothing has overtaken but each other.
  const loads = [writer.invalidate(a).get(a), writer.get(a), writer.get(a)]
  writer.soon().loaded(a, loads[1]).get(a)
  writer.loaded(a, loads[0]).get(a)
  writer.loaded(a, loads[2]).get(a)
})

export const losses = check(
  'A message with another number than the last one + 1: some were lost, and nobody knows for which keys. So all copies end, and answers of loads that are under way are not kept.',
  (writer, keys, random) => {
    const [a, b, c, d] = keys
    for (const key of [a, b]) writer.fill(key)
    // The very first ones may be lost.
    if (random.below(2) === 0) writer.invalidate(c)
    const all = () => {
      for (const key of shuffle([a, b, c], random)) writer.get(key)
    }
    all()
    for (let round = 0; round < 2; round++) {
      writer.fill(a).fill(b)
      const load = writer.get(c)
      writer.invalidate(d, 1 + random.below(3))
      if (load !== undefined) writer.soon().loaded(c, load)
      all()
      writer.fill(a).fill(b).invalidate(d)
      all()
    }
  },
)

const FULL = (random: Random) => ({ capacity: 1 + random.below(4) })

const full = check(
  'At most `capacity` copies. Where another one comes in, the least recently used one leaves: used is what a get returned, or what was stored.',
  (writer, keys, random) => {
    const { capacity } = writer.settings
    for (const key of keys.slice(0, capacity + 1)) writer.fill(key)
    for (let i = 0; i < 14; i++) {
      const key = keys[random.below(Math.min(keys.length, capacity + 2))]
      if (random.below(5) === 0) writer.set(key)
      else writer.fill(key)
    }
    // A copy that ends leaves room.
    writer.invalidate(keys[0]).fill(keys[1])
    for (const key of keys) writer.get(key)
  },
  FULL,
)

/** The copy of the set that overtakes a load has left the full cache when the answer comes. */
const overtakenAndGone = check(
  OVERTAKEN,
  (writer, [a, b, c], random) => {
    const load = writer.get(a)
    writer.set(a).fill(random.below(2) === 0 ? b : c)
    writer.loaded(a, load).get(a)
    writer.fill(a).get(a)
  },
  () => ({ capacity: 1 }),
)

export async function room(solution: Solution, random: Random): Promise<void> {
  await full(solution, random)
  await overtakenAndGone(solution, random)
}
