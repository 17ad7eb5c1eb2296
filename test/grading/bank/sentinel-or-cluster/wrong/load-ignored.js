// slip: load
// Looks at the size only.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, requestsPerSecond: 1 })
