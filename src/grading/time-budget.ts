import type { Usage } from './usage.js'

/** A disk may be slow, but not for ever: waiting for it counts by this part. */
const DISK_SHARE = 0.1

/**
 * The time that the processes of a check may use, in milliseconds: so much on processors, and so much in which nothing
 * happens although an answer is due. What a busy machine keeps them waiting counts as neither.
 */
export class TimeBudget {
  /** On processors, by processes that have ended. */
  private settled = 0
  /** On processors, by the process that runs. */
  private running = 0
  private idle = 0

  constructor(private readonly limit: number) {}

  get isSpent(): boolean {
    return this.settled + this.running > this.limit || this.idle > this.limit
  }

  /** Takes note of a look at a process, some time after the last; gives what to say where the time is over. */
  look(usage: Usage | undefined, passed: number, isAwaited: boolean): string | undefined {
    const isAtWork = usage !== undefined && (usage.cpu > this.running || usage.state === 'runs')
    this.running = Math.max(this.running, usage?.cpu ?? 0)
    if (isAwaited && !isAtWork) this.idle += usage?.state === 'disk' ? passed * DISK_SHARE : passed
    if (!this.isSpent) return undefined
    const seconds = `within ${this.limit / 1000} second${this.limit === 1000 ? '' : 's'}`
    return this.idle > this.limit
      ? `${seconds}, in which your program did nothing`
      : `${seconds} of processor time`
  }

  /** The process has ended; another may follow. */
  settle(): void {
    this.settled += this.running
    this.running = 0
  }
}
