interface Redis {
  call(...words: (string | number)[]): Promise<unknown>
  sleep(ms: number): Promise<void>
}

interface Stored {
  token: number
  value: string
}

const lockOf = (name: string) => `lock:${name}`

const PERIOD_MS = 50

export async function acquire(
  name: string,
  owner: string,
  ttlMs: number,
  redis: Redis,
): Promise<number | null> {
  // In one step: a client that pauses between the two would get a token that is too high.
  await redis.call('MULTI')
  await redis.call('SET', lockOf(name), owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = (await redis.call('EXEC')) as [string | null, number]
  return taken === 'OK' ? token : null
}

export async function release(name: string, owner: string, redis: Redis): Promise<boolean> {
  return (await redis.call('DELIFEQ', lockOf(name), owner)) === 1
}

export function write(record: Stored | null, token: number, value: string) {
  if (record !== null && token < record.token) return { accepted: false, record }
  return { accepted: true, record: { token, value } }
}

export async function acquireWithin(
  name: string,
  owner: string,
  ttlMs: number,
  waitMs: number,
  redis: Redis,
): Promise<number | null> {
  for (let waited = 0; ; waited += PERIOD_MS) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null || waited >= waitMs) return token
    await redis.sleep(PERIOD_MS)
  }
}
