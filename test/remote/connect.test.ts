import { afterEach, expect, test, vi } from 'vitest'
import { listen } from '../../src/redis/serve/listen.js'
import { Server } from '../../src/redis/server.js'
import { SystemTime } from '../../src/redis/time-source.js'
import { addressAt } from '../../src/remote/address.js'
import { deleteAll } from '../../src/remote/server.js'
import { cachelab } from '../cli/run.js'

afterEach(() => {
  vi.useRealTimers()
})

/** Deletes many keys on a server that takes a second for each request, and answers as many as told. */
async function deleted(keys: number, answers: number): Promise<{ left: number; gone: number }> {
  vi.useFakeTimers()
  const gone = new Set<string>()
  let requests = 0
  const left = deleteAll(
    {
      address: addressAt('redis', '127.0.0.1', 1),
      limit: undefined,
      get: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      setAll: () => Promise.resolve([]),
      count: () => Promise.resolve(0),
      delete: async (batch) => {
        if (requests++ >= answers) return new Promise(() => {})
        await new Promise((resolve) => setTimeout(resolve, 1000))
        for (const key of batch) gone.add(key)
      },
      close() {},
    },
    Array.from({ length: keys }, (_, key) => `${key}`),
    keys,
  )
  await vi.runAllTimersAsync()
  return { left: await left, gone: gone.size }
}

test('keys are deleted for as long as the server answers, however long all of them take', async () => {
  expect(await deleted(60_000, Infinity)).toEqual({ left: 0, gone: 60_000 })
})

test('keys of a server that stops answering may be left', async () => {
  const { left, gone } = await deleted(60_000, 3)
  expect(gone).toBeGreaterThan(0)
  expect(left).toBe(60_000 - gone)
})

test.each([
  ['agree', 0, 0, '✓ Simulation and reality agree'],
  ['differ', 1, 1, '✗ Simulation and reality differ'],
])('where simulation and reality %s the exit code says so', async (_, maxmemory, code, finding) => {
  const store = new Server({ clock: new SystemTime() })
  store.settings.maxmemory = maxmemory
  const listening = await listen(store, 0, '127.0.0.1')
  const connect = ['--connect', `redis://127.0.0.1:${listening.port}`, '--keys', '100']
  try {
    const result = await cachelab(['ring', ...connect])
    expect(result).toMatchObject({ code, stdout: expect.stringContaining(finding), stderr: '' })
  } finally {
    await listening.stop()
  }
})
