// Looks whether it is free before it tries, and again whether it has it: NX decides.
export { write } from './plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  if (await redis.call('EXISTS', `l:${name}`)) return null
  await redis.call('MULTI')
  await redis.call('INCRBY', `t:${name}`, 10)
  await redis.call('SET', `l:${name}`, owner, 'PX', String(ttlMs), 'NX')
  const replies = await redis.call('EXEC')
  if (replies[1] === null) return null
  return (await redis.call('GET', `l:${name}`)) === owner ? replies[0] : null
}

export async function release(name, owner, redis) {
  const gone = await redis.call('delifeq', `l:${name}`, owner)
  return gone > 0
}

export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  const token = await acquire(name, owner, ttlMs, redis)
  if (token !== null || waitMs <= 0) return token
  await redis.sleep(100)
  return acquireWithin(name, owner, ttlMs, waitMs - 100, redis)
}
