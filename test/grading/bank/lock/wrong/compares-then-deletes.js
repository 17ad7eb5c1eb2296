// slip: release
// Compares the owner, and then deletes.

export * from '../right/plain.js'

export async function release(name, owner, redis) {
  if ((await redis.call('GET', `lock:${name}`)) !== owner) return false
  await redis.call('DEL', `lock:${name}`)
  return true
}
