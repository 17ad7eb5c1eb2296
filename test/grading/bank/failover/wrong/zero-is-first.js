// slip: unfit
// Priority 0 is the lowest, and first.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({ ...view, replicas: view.replicas.map((one) => ({ ...one, priority: one.priority + 1 })) })
