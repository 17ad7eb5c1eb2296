import { expect, test } from 'vitest'
import { DrawnStreams } from '../../../src/experiment/eviction/drawn-streams.js'
import { workloads } from '../../../src/workload/index.js'

const LENGTH = 300_000
const setup = { keys: 100, requests: LENGTH, exponent: 1 }

/** Streams of tasks that are named by their seeds, and how often each was made. */
function streamsOf(seeds: readonly number[]) {
  const made: number[] = []
  const create = (seed: number) => {
    made.push(seed)
    return workloads.zipf.create({ ...setup, seed })
  }
  return { made, streams: new DrawnStreams(seeds, (a, b) => a === b, create, LENGTH) }
}

/** Expects the stream of a seed. Vitest compares elements one by one, which takes a second where bytes take a millisecond. */
function expectStream(keys: Uint32Array, seed: number): void {
  const requests = new Uint32Array(LENGTH)
  workloads.zipf.create({ ...setup, seed }).next(requests)
  expect(
    Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).equals(Buffer.from(requests.buffer)),
  ).toBe(true)
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

test.each([0, 1, 2, 10])(
  'streams are drawn once, whatever of the next was drawn in %i turns',
  async (count) => {
    const seeds = [1, 1, 2, 3, 3]
    const { made, streams } = streamsOf(seeds)
    for (const [place, seed] of seeds.entries()) {
      expectStream(streams.take(place).keys, seed)
      await turns(count)
      streams.release(place)
    }
    await turns(5)
    expect(made).toEqual([1, 2, 3])
  },
)

test('the memory of a stream is used again when all its tasks are done, and not before', async () => {
  const { streams } = streamsOf([1, 1, 2, 3, 4])
  const first = streams.take(0).keys
  streams.take(1)
  streams.release(0)
  const second = streams.take(2).keys
  expect(second).not.toBe(first)
  expectStream(first, 1)
  streams.release(1)
  expect(streams.take(3).keys).toBe(first)
  expectStream(second, 2)
  streams.release(2)
  expect(streams.take(4).keys).toBe(second)
})

test('nothing is drawn ahead after the end', async () => {
  const { made, streams } = streamsOf([1, 2])
  streams.take(0)
  streams.close()
  await turns(3)
  expect(made).toEqual([1])
})
