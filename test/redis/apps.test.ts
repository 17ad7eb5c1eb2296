import { execFile, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import BeeQueue from 'bee-queue'
import Bull from 'bull'
import { Queue, QueueEvents, Worker } from 'bullmq'
import { rateLimit } from 'express-rate-limit'
import { Redis } from 'ioredis'
import { type RedisReply, RedisStore } from 'rate-limit-redis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { Mutex, Semaphore } from 'redis-semaphore'
import Redlock from 'redlock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../src/redis/serve/listen.js'
import { Server } from '../../src/redis/server.js'
import { SystemTime } from '../../src/redis/time-source.js'

/** The Python that Debian's packages are for. */
const PYTHON = '/usr/bin/python3'
const hasPythonRedis = spawnSync(PYTHON, ['-c', 'import redis']).status === 0

const PYTHON_LOCK = `
import sys, redis
r = redis.Redis(port=int(sys.argv[1]))
with r.lock("my-lock-key", timeout=60, blocking_timeout=5) as lock:
    print(lock.owned(), r.lock("my-lock-key").acquire(blocking=False), lock.extend(30), lock.reacquire())
print(r.exists("my-lock-key"))
`

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

  test('bullmq: a queue, a worker, and events of a stream', async () => {
    const connection = { port: served.port, host: '127.0.0.1', maxRetriesPerRequest: null }
    const events = new QueueEvents('Paint', { connection })
    await events.waitUntilReady()
    const completed = new Promise((resolve) => events.on('completed', resolve))
    const queue = new Queue('Paint', { connection })
    const worker = new Worker('Paint', async ({ data }) => `painted ${data.color}`, { connection })
    const { id } = await queue.add('cars', { color: 'blue' })
    expect(await completed).toMatchObject({ jobId: id, returnvalue: 'painted blue' })
    await Promise.all([worker.close(), queue.close(), events.close()])
  })

  test('redlock: a lock that nobody else gets while it is held, and is extended', async () => {
    const redlock = new Redlock([redis], { retryCount: 0 })
    const lock = await redlock.lock('locks:account:322456', 1e6)
    await expect(redlock.lock('locks:account:322456', 1e6)).rejects.toMatchObject({ name: 'LockError' })
    await lock.extend(2e6)
    expect(await redis.pttl('locks:account:322456')).toBeGreaterThan(1e6)
    await lock.unlock()
    expect(await redis.exists('locks:account:322456')).toBe(0)
  })

  test('rate-limit-redis: the third of two requests is refused', async () => {
    const sendCommand = (command: string, ...words: string[]) =>
      redis.call(command, ...words) as Promise<RedisReply>
    const limiter = rateLimit({ windowMs: 1e6, limit: 2, store: new RedisStore({ sendCommand }) })
    const site = createServer((request, response) => {
      Object.assign(request, { ip: '192.0.2.1', app: { get: () => false } })
      Object.assign(response, {
        status: (code: number) => Object.assign(response, { statusCode: code }),
        send: (body: string) => response.end(body),
      })
      void limiter(request as never, response as never, () => response.end())
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const { port } = site.address() as AddressInfo
    const statuses: number[] = []
    for (let i = 0; i < 3; i++) statuses.push((await fetch(`http://127.0.0.1:${port}/`)).status)
    site.close()
    expect(statuses).toEqual([200, 200, 429])
  })

  test.skipIf(!hasPythonRedis)('redis-py: a lock', async () => {
    const { stdout } = await promisify(execFile)(PYTHON, ['-c', PYTHON_LOCK, String(served.port)])
    expect(stdout).toBe('True False True True\n0\n')
  })
})
