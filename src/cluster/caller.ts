import type { Clock, Reply, Request, Transport } from '../node/protocol.js'
import type { Wait } from '../simulation/task.js'
import type { Answer } from './answers.js'

const TIMEOUT: Reply = { status: 'timeout' }

interface Call {
  readonly deadline: number
  isOpen: boolean
  readonly end: (reply: Reply) => void
}

/**
 * Asks nodes, and answers `timeout` for those that don't in time. All calls wait equally long, so they end in
 * the order in which they began, and one alarm for the first of them is enough.
 */
export class Caller {
  private readonly calls: Call[] = []
  private first = 0
  private isAlarmSet = false

  /** `timeout` is in milliseconds; `noticed` is told of every answer that came in time, and of every timeout. */
  constructor(
    private readonly clock: Clock,
    private readonly transport: Transport,
    readonly timeout: number,
    private readonly noticed?: (node: number, reply: Reply, request: Request) => void,
  ) {}

  /** Asks one node. */
  ask(node: number, request: Request): Wait<Reply> {
    return (resume) => this.call(node, request, resume)
  }

  /**
   * Asks several nodes at once. Ends with the answers so far as soon as they are enough, or when all have
   * answered or failed to.
   */
  askAll(
    nodes: readonly number[],
    request: Request,
    enough: (answers: readonly Answer[]) => boolean = () => false,
  ): Wait<Answer[]> {
    return (resume) => {
      const answers: Answer[] = []
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

  private call(node: number, request: Request, answered: (reply: Reply) => void): void {
    const call: Call = {
      deadline: this.clock.now + this.timeout,
      isOpen: true,
      end: (reply) => {
        if (!call.isOpen) return
        call.isOpen = false
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
      call.end(TIMEOUT)
    }
    calls.splice(0, this.first)
    this.first = 0
    if (calls.length > 0) this.setAlarm()
    else this.isAlarmSet = false
  }
}
