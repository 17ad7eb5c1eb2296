import { expect, test } from 'vitest'
import { Writer } from '../../../../exercises/local-cache/history.js'
import { answersTo } from '../../../../exercises/local-cache/model.js'
import { staleness } from '../../../../exercises/local-cache/solution.js'
import { createRandom } from '../../../../src/random/random.js'

const TTL_MS = 120

/** How stale the reads of one server are that obeys the rules, where so large a share of the messages is lost. */
function staleReads(seed: number, lossRatio: number): number[] {
  const random = createRandom(seed, 'bound')
  const writer = new Writer({ capacity: 3, ttlMs: TTL_MS }, random)
  const keys = ['a', 'b', 'c', 'd']
  const writes = keys.map((key) => ({ at: 0, key, value: writer.value() }))
  const newest = (key: string) => writes.findLast((write) => write.key === key)!.value
  let lost = 0
  let due: { readonly at: number; readonly run: () => void }[] = []
  for (let i = 0; i < 400; i++) {
    writer.soon()
    for (const { run } of due.filter(({ at }) => at <= writer.now)) run()
    due = due.filter(({ at }) => at > writer.now)
    const key = keys[random.below(keys.length)]
    if (random.below(4) > 0) {
      const load = writer.get(key)
      // The value is read when the load begins, which is the worst case.
      const value = newest(key)
      due.push({ at: writer.now + random.below(60), run: () => writer.loaded(key, load, value) })
      continue
    }
    const value = writer.value()
    if (random.below(3) === 0) writer.set(key, value)
    else if (random.next() < lossRatio) lost++
    else {
      writer.invalidate(key, lost)
      lost = 0
    }
    writes.push({ at: writer.now, key, value })
  }
  const reads = answersTo(writer.settings, writer.events).flatMap(({ event, value }) =>
    value === null ? [] : [{ at: event.at, key: event.key, value }],
  )
  expect(reads.length).toBeGreaterThan(50)
  return staleness(writes, reads)
}

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed)

test('no read is stale for as long as copies live, however many messages are lost', () => {
  const stale = SEEDS.flatMap((seed) => staleReads(seed, 0.7))
  expect(Math.max(...stale)).toBeLessThan(TTL_MS)
  expect(Math.max(...stale)).toBeGreaterThan(TTL_MS / 2)
})

test('no read is stale where every message comes at once', () => {
  expect(SEEDS.flatMap((seed) => staleReads(seed, 0)).every((ms) => ms === 0)).toBe(true)
})
