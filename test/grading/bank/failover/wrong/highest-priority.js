// slip: priority
// The highest number is taken for the highest priority.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({
    ...view,
    replicas: view.replicas.map((one) =>
      one.priority === 0 ? one : { ...one, priority: 1e6 - one.priority },
    ),
  })
