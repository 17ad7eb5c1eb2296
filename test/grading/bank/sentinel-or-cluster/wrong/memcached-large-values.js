// slip: values
// Memcached for values that it does not take.
import { choose as right } from '../right/prefers-memcached.js'

export const choose = (s) => right({ ...s, largestValueKb: 1 })
