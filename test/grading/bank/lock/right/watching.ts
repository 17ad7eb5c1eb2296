// Looks first, and WATCH sees what happens in between.
// biome-ignore lint/suspicious/noExplicitAny: as a learner may write it
type Redis = any

export async function acquire(name: string, owner: string, ttlMs: number, redis: Redis) {
  await redis.call('WATCH', name)
  if ((await redis.call('GET', name)) !== null) return null
  await redis.call('MULTI')
  await redis.call('INCR', `${name}:count`)
  await redis.call('PSETEX', name, ttlMs, owner)
  const done = await redis.call('EXEC')
  return done === null ? null : done[0]
}

export async function release(name: string, owner: string, redis: Redis) {
  await redis.call('WATCH', name)
  const isOwn = (await redis.call('GET', name)) === owner
  if (!isOwn) {
    await redis.call('UNWATCH')
    return false
  }
  await redis.call('MULTI')
  await redis.call('DEL', name)
  return (await redis.call('EXEC')) !== null
}

// biome-ignore lint/suspicious/noExplicitAny: as a learner may write it
export function write(record: any, token: number, value: string) {
  const accepted = !record || token >= record.token
  return { record: accepted ? { value, token } : record, accepted }
}

export async function acquireWithin(
  name: string,
  owner: string,
  ttlMs: number,
  waitMs: number,
  redis: Redis,
) {
  let left = waitMs
  let token = await acquire(name, owner, ttlMs, redis)
  while (token === null && left > 0) {
    const step = Math.min(left, 20)
    await redis.sleep(step)
    left -= step
    token = await acquire(name, owner, ttlMs, redis)
  }
  return token
}
