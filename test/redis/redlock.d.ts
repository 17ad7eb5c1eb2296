/** What the tests use of redlock, which has no types of its own. */
declare module 'redlock' {
  import type { Redis } from 'ioredis'

  interface Lock {
    extend(ttlMs: number): Promise<Lock>
    unlock(): Promise<void>
  }

  export default class Redlock {
    constructor(clients: readonly Redis[], options?: { readonly retryCount?: number })
    lock(resource: string, ttlMs: number): Promise<Lock>
  }
}
