// fails: owner, release, schedule, storage, tokens, waiting
// The beginning: one command, and a 1.

export * from '../right/plain.js'

export const acquire = async (name, owner, ttlMs, redis) =>
  (await redis.call('SET', name, owner, 'NX', 'PX', ttlMs)) === null ? null : 1
export const release = async () => false
export const write = (record) => ({ accepted: false, record })
export const acquireWithin = async () => null
