import type { Wait } from './task.js'
import type { Clock, Transport } from './transport.js'

/** What a node answered. */
export interface Answer<R> {
  readonly node: number
  readonly reply: R
}

interface Call<R> {
  readonly deadline: number
  isOpen: boolean
  readonly end: (reply: R) => void
}

/** Ended calls that may be kept: moving the others after each one would cost more. */
const SOME = 64

/**
 * Asks nodes, and returns `late` for those that don't answer in time. All calls have the same timeout, so they end in
 * the order in which they began, and one alarm for the first is enough.
 */
export class Caller<Q, R> {
  private readonly calls: Call<R>[] = []
  private first = 0
  private isAlarmSet = false

  /** `timeout` is in milliseconds; `noticed` is told of every answer that came in time, and of every timeout. */
  constructor(
    private readonly clock: Clock,
    private readonly transport: Transport<Q, R>,
    readonly timeout: number,
    private readonly late: R,
    private readonly noticed?: (node: number, reply: R, request: Q) => void,
  ) {}

  ask(node: number, request: Q): Wait<R> {
    return (resume) => this.call(node, request, resume)
  }

  /** Asks several nodes at once. Ends when the answers so far are enough, or when all have answered or failed. */
  askAll(
    nodes: readonly number[],
    request: Q,
    enough: (answers: readonly Answer<R>[]) => boolean = () => false,
  ): Wait<Answer<R>[]> {
    return (resume) => {
      const answers: Answer<R>[] = []
      let isOver = nodes.length === 0
      if (isOver) resume(answers)
      for (const node of nodes) {
        this.call(node, request, (reply) => {
          if (isOver) return
          answers.push({ node, reply })
          isOver = answers.length === nodes.length || enough(answers)
          if (isOver) resume(answers)
        })
      }
    }
  }

  private call(node: number, request: Q, answered: (reply: R) => void): void {
    const call: Call<R> = {
      deadline: this.clock.now + this.timeout,
      isOpen: true,
      end: (reply) => {
        if (!call.isOpen) return
        call.isOpen = false
        this.drop()
        this.noticed?.(node, reply, request)
        answered(reply)
      },
    }
    this.calls.push(call)
    if (!this.isAlarmSet) this.setAlarm()
    this.transport.send(node, request, call.end)
  }

  private setAlarm(): void {
    this.isAlarmSet = true
    this.clock.after(this.calls[this.first].deadline - this.clock.now, () => this.expire())
  }

  /** Ends the calls whose time is over. */
  private expire(): void {
    const { calls, clock } = this
    while (this.first < calls.length) {
      const call = calls[this.first]
      if (call.isOpen && call.deadline > clock.now) break
      this.first++
      call.end(this.late)
    }
    this.isAlarmSet = this.first < calls.length
    this.drop()
    if (this.isAlarmSet) this.setAlarm()
  }

  /** Forgets calls that ended: kept until their time is over, those of a real server would be most of the memory. */
  private drop(): void {
    const { calls } = this
    while (this.first < calls.length && !calls[this.first].isOpen) this.first++
    // Moving what is left costs as much as there is, so it is done when most have ended.
    if (this.first < SOME || 2 * this.first < calls.length) return
    calls.splice(0, this.first)
    this.first = 0
  }
}
