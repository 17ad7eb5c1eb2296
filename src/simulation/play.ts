import { breathe } from '../parallel/breathe.js'
import type { EventQueue } from './event-queue.js'

/** A computation in short steps, each of which yields the virtual time. */
export type Steps<T> = Generator<number, T>

/** Events in one step: well under a millisecond. */
const SLICE = 256

/** `clock.run(until)` in steps. */
export function* slices(clock: EventQueue, until?: number): Steps<void> {
  while (!clock.run(until, SLICE)) yield clock.now
}

/** Takes all steps and lets the event loop turn between them, so that the computation can be interrupted. */
export async function play<T>(steps: Steps<T>, passed?: (time: number) => void): Promise<T> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    passed?.(step.value)
    await breathe()
  }
}

/** Takes all steps at once, for many short computations. */
export function playAtOnce<T>(steps: Steps<T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}
