// slip: values
// Memcached for values that it does not take by default.
import { choose as right } from '../right/prefers-memcached.js'

export const choose = (s) => right({ ...s, largestValueKb: s.largestValueKb / 64 })
