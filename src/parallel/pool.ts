import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { InputError, LimitError } from '../input-error.js'
import { breathe } from './breathe.js'
import { currentJobs } from './jobs.js'

/** Pure functions of plain data, by name, at once or asynchronous: what the worker can do. */
type TaskTable = Record<string, (input: never) => unknown>
type Input<Tasks extends TaskTable, T extends keyof Tasks> = Parameters<Tasks[T]>[0]
type Output<Tasks extends TaskTable, T extends keyof Tasks> = Awaited<ReturnType<Tasks[T]>>

/** The bundled worker beside this file; where it isn't built (in tests of the sources) tasks run in place. */
const WORKER = fileURLToPath(new URL('./worker.cjs', import.meta.url))

let workerData: readonly unknown[] | null = []

/** What workers that start from now on are told to load first: plain data, or null for what only this thread can do. */
export function onWorkers(data: readonly unknown[] | null): void {
  workerData = data
}

/**
 * Runs tasks on all cores and keeps the order of their results, so that nothing depends on which core was
 * faster. Workers start with the first `map` (about 50 ms) and stay until `close`. Inputs and outputs are
 * copied; put large arrays on a SharedArrayBuffer.
 */
export class Pool<Tasks extends TaskTable> {
  private workers: Worker[] = []

  /**
   * Fewer than `least` tasks are done in place, and so are all on one core, unless `least` is 1: for tasks so long that
   * this thread must stay free to draw progress and to be interrupted.
   */
  constructor(
    private readonly tasks: Tasks,
    private readonly least = 2,
    private readonly threads = currentJobs(),
  ) {}

  /**
   * One result an input. `done` is called with the place of each input that is done and its result, whatever the order.
   * `prepare` makes what a task gets from its input when its turn comes, in order: heavy arrays exist only as long as they
   * are used. Rejects with a task's first error.
   */
  async map<T extends keyof Tasks, I = Input<Tasks, T>>(
    task: T,
    inputs: readonly I[],
    done?: (place: number, result: Output<Tasks, T>) => void,
    prepare: (input: I, place: number) => Input<Tasks, T> = (input) => input as Input<Tasks, T>,
  ): Promise<Output<Tasks, T>[]> {
    const { least } = this
    const results = new Array<Output<Tasks, T>>(inputs.length)
    if ((this.threads < 2 && least > 1) || inputs.length < least || !workerData || !existsSync(WORKER)) {
      for (const [i, input] of inputs.entries()) {
        results[i] = (await this.tasks[task](prepare(input, i) as never)) as Output<Tasks, T>
        done?.(i, results[i])
        await breathe()
      }
      return results
    }
    while (this.workers.length < Math.min(this.threads, inputs.length))
      this.workers.push(new Worker(WORKER, { workerData }))
    let next = 0
    await Promise.all(
      this.workers.map(async (worker) => {
        while (next < inputs.length) {
          const id = next++
          const input = prepare(inputs[id], id)
          const answer = once(worker, 'message')
          worker.postMessage({ task, input })
          const [{ result, refused, limit }] = await answer
          if (refused !== undefined)
            throw limit ? new LimitError(refused, limit.options) : new InputError(refused)
          results[id] = result
          done?.(id, result)
        }
      }),
    )
    return results
  }

  /** Ends the workers, so that the process can. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
    this.workers = []
  }
}
