import type { Usage } from './usage.js'

/**
 * How much of the time without processor use counts, by the state of the process: a slow disk or a busy machine is
 * excused, but not without limit. The last share also covers processes that begin and end between two looks.
 */
const SHARES: Readonly<Record<Usage['state'], number>> = { waits: 1, disk: 0.5, runs: 0.01 }

/**
 * The time that the processes of a check may use: up to `limit` milliseconds on processors, and as many idle while an
 * answer is due. Waiting for a busy machine counts as neither.
 */
export class TimeBudget {
  /** Processor time of processes that have ended. */
  private settled = 0
  /** Processor time of the process that runs. */
  private running = 0
  /** Processor time of each process, without its children's. */
  private readonly own = new Map<string, number>()
  private idle = 0

  constructor(private readonly limit: number) {}

  get isSpent(): boolean {
    return this.settled + this.running > this.limit || this.idle > this.limit
  }

  /**
   * Records the usage, `passed` milliseconds after the last call. Returns the end of a message once the time is over.
   */
  look(usage: Usage | undefined, passed: number, isAwaited: boolean): string | undefined {
    const before = this.running
    for (const [id, cpu] of usage?.own ?? []) this.own.set(id, cpu)
    const seen = [...this.own.values()].reduce((sum, cpu) => sum + cpu, 0)
    this.running = Math.max(before, usage?.cpu ?? 0, seen)
    if (isAwaited && this.running === before) this.idle += passed * SHARES[usage?.state ?? 'waits']
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
    this.own.clear()
  }
}
