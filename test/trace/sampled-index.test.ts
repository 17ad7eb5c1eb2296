import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UNSAMPLED } from '../../src/trace/key-index.js'
import { PARTS, SampledIndex } from '../../src/trace/sampled-index.js'
import { Trace } from '../../src/trace/trace.js'
import { byLayer } from '../layer.js'

const bytesOf = (text: string) => new TextEncoder().encode(text)
function numberIn(index: SampledIndex, text: string): number {
  const bytes = bytesOf(text)
  return index.number(bytes, 0, bytes.length)
}

test('a key is in the sample always or never, by whatever way it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 }), { maxLength: 300, size: 'max' }), (keys) => {
      const index = new SampledIndex(0.5)
      const numbers = new Map<number, number>()
      for (const [i, key] of keys.entries()) {
        const number = i % 2 ? index.numberOf(key) : numberIn(index, String(key))
        expect(number).toBe(numbers.get(key) ?? number)
        numbers.set(key, number)
      }
      const sampled = [...numbers.values()].filter((number) => number !== UNSAMPLED)
      expect(sampled.sort((a, b) => a - b)).toEqual(sampled.map((_, i) => i))
      expect(index.size).toBe(sampled.length)
    }),
  )
})

test.each([0.001, 0.01, 0.3])('a share of %d of all keys is sampled, whatever they look like', (rate) => {
  const count = byLayer(30_000, 200_000)
  for (const shape of [
    (i: number) => `${i}`,
    (i: number) => `user:${i}:name`,
    (i: number) => `${i * 4096}`,
  ]) {
    const index = new SampledIndex(rate)
    for (let i = 0; i < count; i++) numberIn(index, shape(i))
    // Five standard deviations of a binomial count.
    expect(Math.abs(index.size - count * rate)).toBeLessThan(5 * Math.sqrt(count * rate))
  }
})

test('the parts are alike in size', () => {
  const index = new SampledIndex(0.5)
  const parts = Array(PARTS).fill(0)
  for (let key = 0; key < 100_000; key++) {
    const number = index.numberOf(key)
    if (number !== UNSAMPLED) parts[index.partOf(number)]++
  }
  const even = index.size / PARTS
  for (const part of parts) expect(Math.abs(part - even)).toBeLessThan(5 * Math.sqrt(even))
})

test('a smaller sample is a part of the larger one, with new numbers', () => {
  const index = new SampledIndex(1, 100)
  for (let key = 0; key < 100; key++) index.numberOf(key)
  expect(index.shrink()).toBeUndefined()
  for (let key = 100; key < 150; key++) index.numberOf(key)
  const before = index.rate
  const lost = index.shrink()!
  expect(lost.numbers).toHaveLength(150)
  expect(lost.ratio).toBe(index.rate / before)
  expect(index.size).toBe(87)
  const kept = [...lost.numbers].filter((number) => number !== UNSAMPLED)
  expect(kept).toEqual(kept.map((_, i) => i))
  expect(kept).toHaveLength(87)
  // What was kept is known by its new number, what was lost isn't sampled any more.
  for (let key = 0; key < 150; key++) expect(index.numberOf(key)).toBe(lost.numbers[key])
})

test('a trace leaves out the requests of other keys, and counts them', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `key ${i % 700}`)
  const index = new SampledIndex(0.1)
  async function* input() {
    yield bytesOf(lines.join('\n'))
  }
  const trace = new Trace('text', input(), { format: 'lines', index })
  const found: number[] = []
  for await (const batch of trace.batches()) found.push(...batch.keys)
  const expected = new SampledIndex(0.1)
  expect(found).toEqual(
    lines.map((line) => numberIn(expected, line)).filter((number) => number !== UNSAMPLED),
  )
  expect(found.length).toBeGreaterThan(0)
  expect(trace.unsampled).toBe(lines.length - found.length)
})
