/** What a task waits for: a function that is given the continuation and calls it once, with the result. */
export type Wait<T> = (resume: (value: T) => void) => void

/**
 * An operation that takes time, written as a generator: `const reply: Reply = yield wait`. It reads like an async
 * function but continues within the call that it waited for, not some promises later, so nothing overtakes it in
 * virtual time. `promised` makes it a promise for real time.
 */
// biome-ignore lint/suspicious/noExplicitAny: each `yield` gives what its own wait promises, which TypeScript can't say.
export type Task<T> = Generator<Wait<any>, T, any>

/** Starts a task and tells when it has ended. */
export function start<T>(task: Task<T>, ended?: (result: T) => void): void {
  const go = (value?: unknown): void => {
    const step = task.next(value)
    if (step.done) ended?.(step.value)
    else step.value(go)
  }
  go()
}

/** A task as a promise, for networks and clocks that are real. */
export function promised<T>(task: Task<T>): Promise<T> {
  return new Promise((resolve) => start(task, resolve))
}
