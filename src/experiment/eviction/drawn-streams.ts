import { shared } from '../../parallel/shared.js'
import type { Workload } from '../../workload/index.js'

/** Requests that are drawn without a turn of the event loop. */
const TURN = 1 << 17

/** The requests of one workload, and how many tasks are still to be done on them. */
interface Stream {
  readonly workload: Workload
  readonly requests: Uint32Array
  drawn: number
  tasks: number
}

/**
 * The requests of tasks in a row, on memory that workers share. Each stream is drawn once, and the next one in turns of the
 * event loop, while tasks on this one run. Memory is used again as soon as all tasks on it are done.
 */
export class DrawnStreams<T> {
  /** The place of each task's stream in the row of streams, and how many tasks each stream has. */
  private readonly streamOf: number[] = []
  private readonly counts: number[] = []
  private readonly firsts: T[] = []
  private readonly streams = new Map<number, Stream>()
  private readonly free: Uint32Array[] = []
  /** The stream that was taken last. */
  private latest = -1
  private isClosed = false

  /** `length` requests a stream; tasks that are the `same` as the one before get the same stream. */
  constructor(
    tasks: readonly T[],
    same: (a: T, b: T) => boolean,
    private readonly create: (task: T) => Workload,
    private readonly length: number,
  ) {
    for (const [i, task] of tasks.entries()) {
      if (i === 0 || !same(tasks[i - 1], task)) {
        this.firsts.push(task)
        this.counts.push(0)
      }
      this.streamOf.push(this.firsts.length - 1)
      this.counts[this.firsts.length - 1]++
    }
  }

  /** The requests of the task at a place, and the number of their keys. */
  take(place: number): { keys: Uint32Array; keyCount: number } {
    const at = this.streamOf[place]
    const stream = this.stream(at)
    while (stream.drawn < this.length) draw(stream)
    if (at > this.latest && at + 1 < this.firsts.length) setImmediate(() => this.drawInTurns(at + 1))
    this.latest = at
    return { keys: stream.requests, keyCount: stream.workload.keyCount }
  }

  /** The task at a place is done. */
  release(place: number): void {
    const at = this.streamOf[place]
    const stream = this.streams.get(at)!
    if (--stream.tasks > 0) return
    this.free.push(stream.requests)
    this.streams.delete(at)
  }

  /** Draws no more. */
  close(): void {
    this.isClosed = true
  }

  private stream(at: number): Stream {
    const known = this.streams.get(at)
    if (known) return known
    const stream = {
      workload: this.create(this.firsts[at]),
      requests: this.free.pop() ?? shared(new Uint32Array(), this.length),
      drawn: 0,
      tasks: this.counts[at],
    }
    this.streams.set(at, stream)
    return stream
  }

  /** Draws a stream that isn't taken yet. */
  private drawInTurns(at: number): void {
    if (this.isClosed || at <= this.latest) return
    const stream = this.stream(at)
    if (stream.drawn === this.length) return
    draw(stream)
    setImmediate(() => this.drawInTurns(at))
  }
}

/** Draws some more. */
function draw(stream: Stream): void {
  const part = stream.requests.subarray(stream.drawn, stream.drawn + TURN)
  stream.workload.next(part)
  stream.drawn += part.length
}
