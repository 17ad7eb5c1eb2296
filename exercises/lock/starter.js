/**
 * Takes the lock for ttlMs, and returns a token that is higher than those of all holders before; null if it is held.
 * @param {string} name
 * @param {string} owner
 * @param {number} ttlMs
 * @param {{ call: (...words: (string | number)[]) => Promise<any>, sleep: (ms: number) => Promise<void> }} redis
 */
export async function acquire(name, owner, ttlMs, redis) {
  return null
}

/** Frees the lock if it is the owner's, and returns whether it did. */
export async function release(name, owner, redis) {
  return false
}

/**
 * What the storage does with a write: whether it accepts it, and what it keeps then.
 * @param {{ token: number, value: string } | null} record its last write, and the token that this came with
 * @param {number} token
 * @param {string} value
 */
export function write(record, token, value) {
  return { accepted: false, record }
}

/** Tries to take the lock until waitMs have passed. */
export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  return null
}
