/** The time of what has no end: a key that doesn't expire, a client that waits as long as it takes. */
export const NEVER = Number.POSITIVE_INFINITY

/** Where the store reads the time for expiry and blocking. */
export interface TimeSource {
  /** Whole milliseconds since 1970. */
  now(): number
  /** Microseconds since 1970, with a fraction, for durations. */
  micros(): number
  /** Moves time forward without waiting. */
  advance(ms: number): void
  /** Lets nothing happen for a while, for DEBUG SLEEP. */
  sleep(ms: number): void
  /** Seconds of the processor that were used. */
  cpu(): { readonly user: number; readonly system: number }
}

/** Time that only advance() moves, so that a script gives the same replies in every run. Commands take no time. */
export class VirtualTime implements TimeSource {
  /** 2026-01-01, 00:00 UTC. */
  private time = Date.UTC(2026, 0)

  now(): number {
    return this.time
  }

  micros(): number {
    return this.time * 1000
  }

  advance(ms: number): void {
    this.time += Math.ceil(ms)
  }

  sleep(ms: number): void {
    this.advance(ms)
  }

  cpu() {
    return { user: 0, system: 0 }
  }
}

/** A difference between the two clocks of the system at which the system time was set, or the computer slept. */
const MAX_DRIFT_MS = 2

/** The system time plus what advance() has added. */
export class SystemTime implements TimeSource {
  private ahead = 0
  /** What the monotonic clock counts from, in milliseconds since 1970. */
  private origin = performance.timeOrigin

  now(): number {
    const ticks = performance.now()
    const drift = Date.now() - (this.origin + ticks)
    if (Math.abs(drift) > MAX_DRIFT_MS) this.origin += drift
    return Math.floor(this.origin + this.ahead + ticks)
  }

  micros(): number {
    return (this.origin + this.ahead + performance.now()) * 1000
  }

  advance(ms: number): void {
    this.ahead += Math.ceil(ms)
  }

  sleep(ms: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  }

  cpu() {
    const { user, system } = process.cpuUsage()
    return { user: user / 1e6, system: system / 1e6 }
  }
}
