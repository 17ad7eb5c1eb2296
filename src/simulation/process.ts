import type { Clock } from './transport.js'

/** Killed: its memory is lost and connections are refused. Hung: it takes requests and never answers. */
export type ProcessState = 'up' | 'killed' | 'hung'

/** A server process with a queue: it works on one request at a time. */
export abstract class Process {
  state: ProcessState = 'up'
  /** How often it has started. */
  incarnation = 1
  /** Factor by which requests take longer. */
  slowness = 1
  private freeAt = 0
  /** Requests that wait while the process itself waits for an answer. */
  private held: (() => void)[] | undefined

  /** `serviceTime` is the milliseconds that a simple request takes. */
  constructor(
    readonly clock: Clock,
    private readonly serviceTime: number,
  ) {}

  kill(): void {
    this.state = 'killed'
    this.held = undefined
  }

  /** Stops work until `release`: it waits for an answer. */
  protected hold(): void {
    this.held ??= []
  }

  protected release(): void {
    const held = this.held ?? []
    this.held = undefined
    for (const [i, serve] of held.entries()) {
      if (this.held) {
        // One of them may block again, and the rest wait behind it.
        ;(this.held as (() => void)[]).push(...held.slice(i))
        return
      }
      serve()
    }
  }

  /** Starts again, with an empty memory. */
  restart(): void {
    this.kill()
    this.state = 'up'
    this.incarnation++
    this.freeAt = 0
  }

  /** Does nothing else for so many milliseconds once what is queued is served. */
  stall(milliseconds: number): void {
    this.freeAt = Math.max(this.clock.now, this.freeAt) + milliseconds
  }

  /** Milliseconds until what is queued now will have been served. */
  get backlog(): number {
    return Math.max(0, this.freeAt - this.clock.now)
  }

  /**
   * Queues work of so many simple requests. Calls `serve` when it is done, or `refuse` if the process is dead or dies
   * first; neither while it hangs.
   */
  protected enqueue(effort: number, serve: () => void, refuse: () => void): void {
    const { clock, incarnation } = this
    if (this.state === 'killed') refuse()
    if (this.state !== 'up') return
    this.freeAt = Math.max(clock.now, this.freeAt) + this.serviceTime * this.slowness * effort
    clock.after(this.freeAt - clock.now, () => {
      if (this.state === 'hung') return
      if (this.state === 'killed' || this.incarnation !== incarnation) refuse()
      else if (this.held) this.held.push(serve)
      else serve()
    })
  }
}
