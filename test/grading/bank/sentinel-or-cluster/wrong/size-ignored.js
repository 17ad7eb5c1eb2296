// slip: size
// Looks at the load only.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, dataGb: 1, memoryPerServerGb: 2 })
