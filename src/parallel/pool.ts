import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { breathe } from './breathe.js'

/** Pure functions of plain data, by name: what the worker can do. */
type TaskTable = Record<string, (input: never) => unknown>
type Input<Tasks extends TaskTable, T extends keyof Tasks> = Parameters<Tasks[T]>[0]
type Output<Tasks extends TaskTable, T extends keyof Tasks> = ReturnType<Tasks[T]>

/** The bundled worker beside this file; where it isn't built (in tests of the sources) tasks run in place. */
const WORKER = fileURLToPath(new URL('./worker.cjs', import.meta.url))

/**
 * Runs tasks on all cores and keeps the order of their results, so that nothing depends on which core was
 * faster. Workers start with the first `map` (about 50 ms) and stay until `close`. Inputs and outputs are
 * copied; put large arrays on a SharedArrayBuffer.
 */
export class Pool<Tasks extends TaskTable> {
  private workers: Worker[] = []

  constructor(
    private readonly tasks: Tasks,
    private readonly threads = availableParallelism(),
  ) {}

  /** One result an input. `done` is called after each, whatever the order. Rejects with a task's first error. */
  async map<T extends keyof Tasks>(
    task: T,
    inputs: readonly Input<Tasks, T>[],
    done?: () => void,
  ): Promise<Output<Tasks, T>[]> {
    const results = new Array<Output<Tasks, T>>(inputs.length)
    if (this.threads < 2 || inputs.length < 2 || !existsSync(WORKER)) {
      for (const [i, input] of inputs.entries()) {
        results[i] = this.tasks[task](input as never) as Output<Tasks, T>
        done?.()
        await breathe()
      }
      return results
    }
    while (this.workers.length < Math.min(this.threads, inputs.length)) this.workers.push(new Worker(WORKER))
    let next = 0
    await Promise.all(
      this.workers.map(async (worker) => {
        while (next < inputs.length) {
          const id = next++
          const answer = once(worker, 'message')
          worker.postMessage({ task, input: inputs[id] })
          results[id] = (await answer)[0]
          done?.()
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
