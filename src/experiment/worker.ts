import { parentPort, workerData } from 'node:worker_threads'
import { InputError, LimitError } from '../input-error.js'
import { type Tasks, tasks } from './tasks.js'

/** The files of the user's own that tasks refer to; their code is loaded only where there are any. */
const own = workerData.length > 0 ? import('../own/index.js') : undefined
const loaded = own?.then(({ loadOwn }) => loadOwn(workerData))

/** The start of a worker thread: does one task a message and answers with its result, or why it can't be done. */
parentPort?.on('message', async ({ task, input }: { task: keyof Tasks; input: never }) => {
  try {
    await loaded
    parentPort?.postMessage({ result: await tasks[task](input) })
  } catch (thrown) {
    const error = (await own)?.blamed(thrown) ?? thrown
    if (!(error instanceof InputError)) throw error
    const limit = error instanceof LimitError && { options: error.options }
    parentPort?.postMessage({ refused: error.message, limit })
  }
})
