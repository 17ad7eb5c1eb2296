// slip: owner, release, schedule
// Deletes the lock, whoever has it.

export * from '../right/plain.js'

export const release = async (name, _owner, redis) => (await redis.call('DEL', `lock:${name}`)) === 1
