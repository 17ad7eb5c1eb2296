// fails: owner, release, schedule, tokens
// Returns what Redis says.

export * from '../right/plain.js'

export const release = (name, owner, redis) => redis.call('DELIFEQ', `lock:${name}`, owner)
