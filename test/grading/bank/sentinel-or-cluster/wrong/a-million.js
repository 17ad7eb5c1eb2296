// slip: load
// A server serves up to a million.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, requestsPerSecond: s.requestsPerSecond / 10 })
