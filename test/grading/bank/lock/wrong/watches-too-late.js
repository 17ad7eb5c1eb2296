// slip: release
// WATCH comes after GET.

export * from '../right/plain.js'

export async function release(name, owner, redis) {
  if ((await redis.call('GET', `lock:${name}`)) !== owner) return false
  await redis.call('WATCH', `lock:${name}`)
  await redis.call('MULTI')
  await redis.call('DEL', `lock:${name}`)
  return (await redis.call('EXEC')) !== null
}
