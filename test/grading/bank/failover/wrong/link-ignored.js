// slip: apart
// Does not look at the link to the master.
import { promote as right } from '../right/plain.js'

export * from '../right/plain.js'

export const promote = (view) =>
  right({ ...view, replicas: view.replicas.map((one) => ({ ...one, linkDownMs: 0 })) })
