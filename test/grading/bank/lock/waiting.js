/** `acquireWithin` around an `acquire`: what is wrong in that is then wrong in both, as in a real solution. */
export const waiting = (acquire) => async (name, owner, ttlMs, waitMs, redis) => {
  for (let waited = 0; ; waited += 50) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null || waited >= waitMs) return token
    await redis.sleep(50)
  }
}
