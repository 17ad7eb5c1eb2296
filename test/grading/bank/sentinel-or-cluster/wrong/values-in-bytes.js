// slip: values
// Takes kilobytes for bytes.
import { choose as right } from '../right/prefers-memcached.js'

export const choose = (s) => right({ ...s, largestValueKb: s.largestValueKb / 1024 })
