/** What a task waits for: a function that is given the continuation and calls it once, with the result. */
export type Wait<T> = (resume: (value: T) => void) => void

/**
 * An operation that takes time, written as a generator: `const reply: Reply = yield wait`. It reads like an async
 * function but continues within the call that it waited for, not some promises later, so nothing overtakes it in
 * virtual time. `promised` makes it a promise for real time.
 */
// biome-ignore lint/suspicious/noExplicitAny: each `yield` gives what its own wait promises, which TypeScript can't say.
export type Task<T> = Generator<Wait<any>, T, any>

/**
 * Starts a task and tells when it has ended.
 *
 * @example
 * import { start, type Task } from 'cachelab/replication'
 * function* twice(): Task<number> {
 *   const reply: number = yield (resume: (value: number) => void) => resume(21)
 *   return 2 * reply
 * }
 * let result = 0
 * start(twice(), (value) => (result = value))
 * // It went on within the call that it waited for.
 * const now = result
 * now // 42
 */
export function start<T>(task: Task<T>, ended?: (result: T) => void): void {
  const go = (value?: unknown): void => {
    const step = task.next(value)
    if (step.done) ended?.(step.value)
    else step.value(go)
  }
  go()
}

/**
 * A task as a promise, for networks and clocks that are real.
 *
 * @example
 * import { promised, type Task } from 'cachelab/replication'
 * function* later(): Task<string> {
 *   const reply: string = yield (resume: (value: string) => void) => void Promise.resolve('pong').then(resume)
 *   return reply
 * }
 * await promised(later()) // 'pong'
 */
export function promised<T>(task: Task<T>): Promise<T> {
  return new Promise((resolve) => start(task, resolve))
}
