import { constants } from 'node:os'

/** How long it may take to end what runs after a signal, in milliseconds. */
const PATIENCE_MS = 10_000

type Action = () => unknown

const actions = new Set<Action>()
let isEnding = false
process.once('exit', endAll)

/**
 * Does something when the program ends, by itself or by a signal: what it started or made must not outlive it. The last
 * one is done first. What is asynchronous is waited for after a signal and by `endProcess`.
 */
export function atEnd(action: Action): void {
  actions.add(action)
  if (areSignalsLeft) endAtSignals()
}

/** Takes back what was to be done at the end. False if a signal has already begun it. */
export function notAtEnd(action: Action): boolean {
  return actions.delete(action)
}

const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(
  (signal) => [signal, () => endProcess(128 + constants.signals[signal])] as const,
)
let areSignalsLeft = false

/** Ends this process as the signals ask for that can be caught, with the exit code that a shell gives for them. */
export function endAtSignals(): void {
  areSignalsLeft = false
  for (const [signal, handler] of handlers) process.on(signal, handler)
}

/**
 * Leaves the signals to the system as long as there is nothing to do at the end. It ends a process whose code runs for
 * ever, where a handler would wait for that code: for commands that run code of the user's own.
 */
export function leaveSignals(): void {
  const [[signal, handler]] = handlers
  if (actions.size > 0 || !process.listeners(signal).includes(handler)) return
  areSignalsLeft = true
  for (const [each, listener] of handlers) process.off(each, listener)
}

/** Lets a signal be heard that came while nothing else could happen: the loop turns to signals before its second check. */
export const hearSignals = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve))
  })

/** Ends this process when all that is to be done at its end is done, by default with the exit code that it has. */
export function endProcess(code?: number): void {
  if (isEnding) return
  isEnding = true
  const exit = (): void => process.exit(code)
  setTimeout(exit, PATIENCE_MS)
  Promise.allSettled(endAll()).then(exit)
}

function endAll(): unknown[] {
  return [...actions].reverse().map((action) => {
    actions.delete(action)
    try {
      return action()
    } catch {
      return undefined // The others are done all the same.
    }
  })
}
