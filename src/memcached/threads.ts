import { createRandom } from '../random/random.js'
import { EventQueue } from '../simulation/event-queue.js'

/** A model of how requests share a server's cores. Times are microseconds. */
export interface ThreadModel {
  readonly workers: number
  /** Reading, parsing and answering a request, which workers do in parallel. */
  readonly parallel: number
  /** Work under the lock of the item's class, which one worker holds at a time. */
  readonly locked: number
  /** Share of the requests that each class gets; they sum to 1. */
  readonly classes: readonly number[]
  readonly seed: number
}

/** The upper bound of requests a second: the workers' time, or the busiest lock. */
export function throughputBound({ workers, parallel, locked, classes }: ThreadModel): number {
  return Math.min(workers / (parallel + locked), 1 / (locked * Math.max(...classes))) * 1e6
}

/**
 * Requests a second of T workers that always have a next request, with a FIFO lock for each class. One worker is an
 * event loop, which never waits for a lock. A closed queueing network in virtual time; O(requests log T).
 */
export function throughput(model: ThreadModel, requests: number): number {
  const { workers, parallel, locked, classes } = model
  const clock = new EventQueue()
  const random = createRandom(model.seed, 'threads')
  const freeAt = new Float64Array(classes.length)
  let begun = 0
  const work = (): void => {
    if (begun === requests) return
    begun++
    clock.after(exponential(random.next(), parallel), () => {
      const lock = pick(classes, random.next())
      const end = Math.max(clock.now, freeAt[lock]) + exponential(random.next(), locked)
      freeAt[lock] = end
      clock.at(end, work)
    })
  }
  for (let worker = 0; worker < workers; worker++) work()
  clock.run()
  return (requests / clock.now) * 1e6
}

function exponential(uniform: number, mean: number): number {
  return -Math.log(1 - uniform) * mean
}

function pick(shares: readonly number[], uniform: number): number {
  let rest = uniform
  for (const [i, share] of shares.entries()) {
    rest -= share
    if (rest < 0) return i
  }
  return shares.length - 1
}
