// slip: unfit
// Asks downAfterMs only, not the 5000 ms.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({
    ...view,
    replicas: view.replicas.map((one) => ({
      ...one,
      silentMs: one.silentMs > view.downAfterMs ? one.silentMs : 0,
    })),
  })
