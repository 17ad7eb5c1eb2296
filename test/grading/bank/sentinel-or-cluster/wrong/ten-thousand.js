// slip: one-server
// A server serves no more than ten thousand.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, requestsPerSecond: s.requestsPerSecond * 10 })
