// slip: ties
// The lowest offset.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({ ...view, replicas: view.replicas.map((one) => ({ ...one, offset: -one.offset })) })
