import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Tasks, tasks } from '../experiment/tasks.js'
import { breathe } from './breathe.js'

type Input<T extends keyof Tasks> = Parameters<Tasks[T]>[0]
type Output<T extends keyof Tasks> = ReturnType<Tasks[T]>

/** The bundled worker beside this file; where it isn't built (in tests of the sources) tasks run in place. */
const WORKER = fileURLToPath(new URL('./worker.cjs', import.meta.url))

/**
 * Runs tasks on all cores and keeps the order of their results, so that nothing depends on which core was
 * faster. Workers start with the first `map` (about 50 ms) and stay until `close`. Inputs and outputs are
 * copied; put large arrays on a SharedArrayBuffer.
 */
export class Pool {
  private workers: Worker[] = []

  constructor(private readonly threads = availableParallelism()) {}

  /** One result an input. `done` is called after each, whatever the order. Rejects with a task's first error. */
  async map<T extends keyof Tasks>(
    task: T,
    inputs: readonly Input<T>[],
    done?: () => void,
  ): Promise<Output<T>[]> {
    const results = new Array<Output<T>>(inputs.length)
    if (this.threads < 2 || inputs.length < 2 || !existsSync(WORKER)) {
      for (const [i, input] of inputs.entries()) {
        results[i] = tasks[task](input) as Output<T>
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
          results[id] = await ask<T>(worker, { id, task, input: inputs[id] })
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

function ask<T extends keyof Tasks>(
  worker: Worker,
  message: { id: number; task: T; input: Input<T> },
): Promise<Output<T>> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', answered)
      worker.off('error', failed)
      act()
    }
    const answered = ({ result }: { result: Output<T> }) => settle(() => resolve(result))
    const failed = (error: Error) => settle(() => reject(error))
    worker.on('message', answered)
    worker.on('error', failed)
    worker.postMessage(message)
  })
}

/** A copy that workers can read without copying it again. */
export function shared(values: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
