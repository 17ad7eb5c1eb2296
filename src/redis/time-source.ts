/** Where the store reads the time for expiry and blocking, in whole milliseconds since 1970. */
export interface TimeSource {
  now(): number
  /** Moves time forward without waiting. */
  advance(ms: number): void
  /** Lets nothing happen for a while, for DEBUG SLEEP. */
  sleep(ms: number): void
}

/** Time that only advance() moves, so that a script gives the same replies in every run. */
export class VirtualTime implements TimeSource {
  /** 2026-01-01, 00:00 UTC. */
  private time = Date.UTC(2026, 0)

  now(): number {
    return this.time
  }

  advance(ms: number): void {
    this.time += Math.ceil(ms)
  }

  sleep(ms: number): void {
    this.advance(ms)
  }
}

/** The system time plus what advance() has added. */
export class SystemTime implements TimeSource {
  private ahead = 0

  now(): number {
    return Date.now() + this.ahead
  }

  advance(ms: number): void {
    this.ahead += Math.ceil(ms)
  }

  sleep(ms: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  }
}
