interface Event {
  readonly time: number
  readonly order: number
  readonly action: () => void
}

/**
 * Virtual time: actions that happen at given times, in milliseconds, one after the other. Of two at the same
 * time the one that was planned first happens first, so a history depends on nothing but what was planned.
 *
 * A binary heap: O(log planned) an action.
 */
export class EventQueue {
  /** The time of the action that is happening, or the end of the last `run`. */
  now = 0
  private planned = 0
  private readonly heap: Event[] = []

  get isEmpty(): boolean {
    return this.heap.length === 0
  }

  /** Plans an action for a time; what is past happens now. */
  at(time: number, action: () => void): void {
    const { heap } = this
    const event = { time: time > this.now ? time : this.now, order: this.planned++, action }
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!isBefore(event, heap[parent])) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = event
  }

  after(delay: number, action: () => void): void {
    this.at(this.now + delay, action)
  }

  /** Lets everything happen that is planned up to a time, and what that plans in turn. */
  run(until = Infinity): void {
    const { heap } = this
    while (heap.length > 0 && heap[0].time <= until) {
      const event = this.take()
      this.now = event.time
      event.action()
    }
    if (until !== Infinity && until > this.now) this.now = until
  }

  /** Takes out the first event. There must be one. */
  private take(): Event {
    const { heap } = this
    const first = heap[0]
    const last = heap.pop()!
    const size = heap.length
    if (size === 0) return first
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) child++
      if (isBefore(last, heap[child])) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = last
    return first
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}
