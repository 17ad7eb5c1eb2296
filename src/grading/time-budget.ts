import type { Usage } from './usage.js'

/**
 * By which part time counts in which no processor time is seen: a disk and a busy machine may be slow, but not for ever.
 * The last is also for processes that begin and end unseen.
 */
const SHARES: Readonly<Record<Usage['state'], number>> = { waits: 1, disk: 0.5, runs: 0.01 }

/**
 * The time that the processes of a check may use, in milliseconds: so much on processors, and so much in which nothing
 * happens although an answer is due. What a busy machine keeps them waiting counts as neither.
 */
export class TimeBudget {
  /** On processors, by processes that have ended. */
  private settled = 0
  /** On processors, by the process that runs. */
  private running = 0
  /** Of each process by itself: nobody's children count for nobody else. */
  private readonly own = new Map<string, number>()
  private idle = 0

  constructor(private readonly limit: number) {}

  get isSpent(): boolean {
    return this.settled + this.running > this.limit || this.idle > this.limit
  }

  /** Takes note of a look at a process, some time after the last; gives what to say where the time is over. */
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
