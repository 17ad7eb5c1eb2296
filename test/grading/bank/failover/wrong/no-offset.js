// slip: ties
// Forgets the offset.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({ ...view, replicas: view.replicas.map((one) => ({ ...one, offset: 0 })) })
