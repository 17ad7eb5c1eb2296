interface Redis {
  /** Sends a command: call('SET', 'key', 'value'). */
  call(...words: (string | number)[]): Promise<unknown>
  sleep(ms: number): Promise<void>
}

/** What the storage keeps: its last write, and the token that this came with. */
interface Stored {
  token: number
  value: string
}

/** Takes the lock for ttlMs, and returns a token that is higher than those of all holders before; null if it is held. */
export async function acquire(
  name: string,
  owner: string,
  ttlMs: number,
  redis: Redis,
): Promise<number | null> {
  return null
}

/** Frees the lock if it is the owner's, and returns whether it did. */
export async function release(name: string, owner: string, redis: Redis): Promise<boolean> {
  return false
}

/** What the storage does with a write: whether it accepts it, and what it keeps then. */
export function write(
  record: Stored | null,
  token: number,
  value: string,
): { accepted: boolean; record: Stored | null } {
  return { accepted: false, record }
}

/** Tries to take the lock until waitMs have passed. */
export async function acquireWithin(
  name: string,
  owner: string,
  ttlMs: number,
  waitMs: number,
  redis: Redis,
): Promise<number | null> {
  return null
}
