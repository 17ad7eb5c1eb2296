import BeeQueue from 'bee-queue'
import Bull from 'bull'
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { Mutex, Semaphore } from 'redis-semaphore'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../src/redis/serve/listen.js'
import { Server } from '../../src/redis/server.js'
import { SystemTime } from '../../src/redis/time-source.js'

let served: Listening
let redis: Redis

beforeAll(async () => {
  served = await listen(new Server({ clock: new SystemTime() }), 0, '127.0.0.1')
  redis = new Redis(served.port)
})
afterAll(async () => {
  redis.disconnect()
  await served.stop()
})

describe('packages that send scripts do the first example of their documentation', () => {
  test('ioredis: defineCommand', async () => {
    redis.defineCommand('myecho', { numberOfKeys: 2, lua: 'return {KEYS[1],KEYS[2],ARGV[1],ARGV[2]}' })
    const { myecho } = redis as unknown as { myecho(...words: string[]): Promise<string[]> }
    expect(await myecho.call(redis, 'k1', 'k2', 'a1', 'a2')).toEqual(['k1', 'k2', 'a1', 'a2'])
  })

  test('redis-semaphore: a mutex and a semaphore', async () => {
    const mutex = new Mutex(redis as never, 'resource')
    await mutex.acquire()
    expect(await redis.exists('mutex:resource')).toBe(1)
    await mutex.release()
    expect(await redis.exists('mutex:resource')).toBe(0)
    const semaphore = new Semaphore(redis as never, 'resource', 2)
    await semaphore.acquire()
    expect(await redis.zcard('semaphore:resource')).toBe(1)
    await semaphore.release()
    expect(await redis.zcard('semaphore:resource')).toBe(0)
  })

  test('rate-limiter-flexible: two points, three requests', async () => {
    const limiter = new RateLimiterRedis({ storeClient: redis, points: 2, duration: 3600 })
    await limiter.consume('user')
    expect(await limiter.consume('user')).toMatchObject({ remainingPoints: 0 })
    await expect(limiter.consume('user')).rejects.toMatchObject({ remainingPoints: 0 })
  })

  test('bee-queue: a job with its result', async () => {
    const queue = new BeeQueue<{ x: number; y: number }>('addition', { redis: { port: served.port } })
    const result = new Promise((resolve) => queue.on('succeeded', (_, sum) => resolve(sum)))
    queue.process(async ({ data }) => data.x + data.y)
    await queue.createJob({ x: 2, y: 3 }).save()
    expect(await result).toBe(5)
    await queue.close()
  })

  test('bull: a job with its result', async () => {
    const queue = new Bull<{ x: number }>('video', { redis: { port: served.port } })
    const result = new Promise((resolve) => queue.on('completed', (_, value) => resolve(value)))
    queue.process(async ({ data }) => data.x * 2)
    await queue.add({ x: 21 })
    expect(await result).toBe(42)
    await queue.close()
  })
})
