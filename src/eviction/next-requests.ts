/** The next request of a key that isn't requested again. */
export const NEVER = 0xffffffff

/** For each request the index of the next one of the same key. O(requests). */
export function nextRequests(requests: Uint32Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(requests.length)
  const upcoming = new Uint32Array(keyCount).fill(NEVER)
  for (let i = requests.length - 1; i >= 0; i--) {
    next[i] = upcoming[requests[i]]
    upcoming[requests[i]] = i
  }
  return next
}
