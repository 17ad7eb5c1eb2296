const PATIENCE_MS = 40
let last = Date.now()

/**
 * Lets the event loop turn if it hasn't for a while, so that a long computation can still be interrupted
 * and can still draw its progress. Awaiting it costs next to nothing in between.
 */
export function breathe(): Promise<void> | undefined {
  const now = Date.now()
  if (now - last < PATIENCE_MS) return undefined
  return new Promise((resolve) => {
    setImmediate(() => {
      last = Date.now()
      resolve()
    })
  })
}
