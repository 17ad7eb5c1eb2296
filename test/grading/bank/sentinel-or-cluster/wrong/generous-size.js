// slip: size
// Ten servers’ data on one.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, dataGb: s.dataGb / 10 })
