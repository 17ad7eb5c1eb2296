// slip: owner, release, schedule
// Deletes in the same transaction in which it reads the owner.

export * from '../right/plain.js'

export async function release(name, owner, redis) {
  await redis.call('MULTI')
  await redis.call('GET', `lock:${name}`)
  await redis.call('DEL', `lock:${name}`)
  return (await redis.call('EXEC'))[0] === owner
}
