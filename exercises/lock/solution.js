const lockOf = (name) => `lock:${name}`

const PERIOD_MS = 50

export async function acquire(name, owner, ttlMs, redis) {
  // In one step: a client that pauses between the two would get a token that is too high.
  await redis.call('MULTI')
  await redis.call('SET', lockOf(name), owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export async function release(name, owner, redis) {
  return (await redis.call('DELIFEQ', lockOf(name), owner)) === 1
}

export function write(record, token, value) {
  if (record !== null && token < record.token) return { accepted: false, record }
  return { accepted: true, record: { token, value } }
}

export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  for (let waited = 0; ; waited += PERIOD_MS) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null || waited >= waitMs) return token
    await redis.sleep(PERIOD_MS)
  }
}
