import { LimitError } from '../input-error.js'

const INITIAL = 256
/** Minutes of computing: a history of millions of requests has fewer, and retries without end reach it. */
const MAX_EVENTS = 100_000_000
/** One to three kilobytes each, with the requests that they belong to. */
const MAX_WAITING = 150_000

/** Requests come faster than they end: more waits at once than can be kept in memory. */
export class Overload extends LimitError {
  constructor(message: string) {
    super(message, ['rate', 'duration'])
  }
}

/**
 * Virtual time: actions that happen at given times, in milliseconds, one after the other. Of two at the same
 * time the one that was planned first happens first, so a history depends on nothing but what was planned.
 *
 * A binary heap in arrays: O(log planned) an action.
 */
export class EventQueue {
  /** In an array: a field that changes from a whole number to undefined costs recompilation. */
  private readonly clock = new Float64Array(1)
  private planned = 0
  private size = 0
  private times = new Float64Array(INITIAL)
  private orders = new Float64Array(INITIAL)
  private readonly actions: (() => void)[] = []

  /** Throws LimitError when more than `limit` actions are planned in all, Overload when more than `waiting` at a time. */
  constructor(
    private readonly limit = MAX_EVENTS,
    private readonly waiting = MAX_WAITING,
  ) {}

  /** The time of the action that is happening, or the end of the last `run`. */
  get now(): number {
    return this.clock[0]
  }

  /** Plans an action for a time; a time in the past means now. */
  at(time: number, action: () => void): void {
    if (this.size === this.times.length) this.grow()
    if (this.planned === this.limit || this.size === this.waiting) this.refuse()
    this.rise(this.size++, time > this.now ? time : this.now, this.planned++, action)
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action)
  }

  /**
   * Lets everything happen that is planned up to a time, and what that plans in turn. False if it stopped before, after
   * `most` actions.
   */
  run(until = Infinity, most = Infinity): boolean {
    for (let left = most; this.size > 0 && this.times[0] <= until; left--) {
      if (left === 0) return false
      this.step()
    }
    if (until !== Infinity && until > this.now) this.clock[0] = until
    return true
  }

  /** Lets the next action happen. There must be one. */
  step(): void {
    const action = this.actions[0]
    this.clock[0] = this.times[0]
    const last = --this.size
    const moved = this.actions.pop()!
    if (last > 0) this.sink(this.times[last], this.orders[last], moved)
    action()
  }

  /** Forgets what is planned: the compiler may keep a history that is over for a while, and all that waits in it. */
  clear(): void {
    this.size = 0
    this.actions.length = 0
  }

  private refuse(): never {
    const within = Math.ceil(this.now / 1000)
    if (this.size === this.waiting)
      throw new Overload(
        `more than ${counted(this.waiting)} messages and timeouts wait at once after ${within} s of the simulation’s time: requests come faster than they end`,
      )
    throw new LimitError(
      `the simulation has more than ${counted(this.limit)} events (messages, timeouts, retries) within ${within} s of its time`,
    )
  }

  private rise(from: number, time: number, order: number, action: () => void): void {
    const { times, orders, actions } = this
    let at = from
    while (at > 0) {
      const parent = (at - 1) >>> 1
      // Of two at the same time, the one planned first comes first.
      if (times[parent] <= time) break
      times[at] = times[parent]
      orders[at] = orders[parent]
      actions[at] = actions[parent]
      at = parent
    }
    times[at] = time
    orders[at] = order
    actions[at] = action
  }

  private sink(time: number, order: number, action: () => void): void {
    const { times, orders, actions, size } = this
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.isBefore(times[child + 1], orders[child + 1], child)) child++
      if (this.isBefore(time, order, child)) break
      times[at] = times[child]
      orders[at] = orders[child]
      actions[at] = actions[child]
      at = child
    }
    times[at] = time
    orders[at] = order
    actions[at] = action
  }

  private isBefore(time: number, order: number, at: number): boolean {
    return time < this.times[at] || (time === this.times[at] && order < this.orders[at])
  }

  private grow(): void {
    const { times, orders } = this
    this.times = new Float64Array(2 * times.length)
    this.times.set(times)
    this.orders = new Float64Array(2 * orders.length)
    this.orders.set(orders)
  }
}

const counted = (events: number): string => events.toLocaleString('en-US')
