// slip: owner, schedule
// Says true, whether it was its own or not.

export * from '../right/plain.js'

export async function release(name, owner, redis) {
  await redis.call('DELIFEQ', `lock:${name}`, owner)
  return true
}
