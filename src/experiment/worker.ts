import { parentPort } from 'node:worker_threads'
import { type Tasks, tasks } from './tasks.js'

/** The start of a worker thread: does one task a message and answers with its result. */
parentPort?.on('message', ({ task, input }: { task: keyof Tasks; input: never }) => {
  parentPort?.postMessage(tasks[task](input))
})
