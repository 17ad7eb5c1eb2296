/** The time that expiry and waiting go by, in whole milliseconds since 1970. */
export interface Clock {
  now(): number
  /** Lets time pass at once: DEBUG SLEEP. */
  advance(milliseconds: number): void
}

/** Time that stands still unless it is told to pass, so that a script gives the same replies every time. */
export class VirtualClock implements Clock {
  /** 2026-01-01, 00:00 UTC. */
  private time = Date.UTC(2026, 0)

  now(): number {
    return this.time
  }

  advance(milliseconds: number): void {
    this.time += Math.ceil(milliseconds)
  }
}

/** The machine's time, which DEBUG SLEEP puts forward. */
export class SystemClock implements Clock {
  private ahead = 0

  now(): number {
    return Date.now() + this.ahead
  }

  advance(milliseconds: number): void {
    this.ahead += Math.ceil(milliseconds)
  }
}
