// fails: owner, schedule, tokens, waiting
// Does not release: it ends by itself.

export * from '../right/plain.js'

export const release = async (name, owner, redis) => (await redis.call('GET', `lock:${name}`)) === owner
