import { expect, test } from 'vitest'
import { hashFunctions } from '../../src/hashing/index.js'
import { keyPositions, LineKeys } from '../../src/keys/index.js'
import { RepeatedKeys } from '../../src/keys/repeated.js'
import { createRandom } from '../../src/random/random.js'

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

test('a key that occurs again stands once, in its first place, and is counted', async () => {
  const keys = new LineKeys('keys.txt', bytes('a\nb\na\r\nc\n\na\nb\n'))
  const [positions] = await keyPositions(keys, [hashFunctions.md5.hash])
  const [wanted] = await keyPositions(new LineKeys('keys.txt', bytes('a\nb\nc\n')), [hashFunctions.md5.hash])
  expect([...positions]).toEqual([...wanted])
  expect(keys.repeated).toMatchObject({ repeats: 3, isComplete: true })
  expect(keys.repeated.most).toEqual([
    { key: 'a', count: 3 },
    { key: 'b', count: 2 },
  ])
})

test('counts as a map does, with as many keys as make the table grow, and names the most frequent', () => {
  const random = createRandom(1, 'repeated')
  const repeated = new RepeatedKeys()
  const counts = new Map<string, number>()
  const encoder = new TextEncoder()
  for (let n = 0; n < 100_000; n++) {
    // Few keys are frequent; most occur once or twice.
    const key = `clé-${Math.floor(50_000 * random.next() ** 3)}`
    const encoded = encoder.encode(`..${key}..`)
    expect(repeated.add(encoded, 2, encoded.length - 2)).toBe(!counts.has(key))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  expect(repeated.repeats).toBe(100_000 - counts.size)
  const sorted = [...counts.values()].sort((a, b) => b - a)
  expect(repeated.most.map(({ count }) => count)).toEqual(sorted.slice(0, 3))
  for (const { key, count } of repeated.most) expect(counts.get(key)).toBe(count)
})

test('a list without repeats names none', async () => {
  const keys = new LineKeys('keys.txt', bytes('a\nb\n'))
  await keyPositions(keys, [hashFunctions.md5.hash])
  expect(keys.repeated).toMatchObject({ repeats: 0, most: [] })
})
