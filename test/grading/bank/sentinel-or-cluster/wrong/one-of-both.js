// slip: size
// Not for what is both large and busy.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.dataGb > s.memoryPerServerGb && s.requestsPerSecond > 100_000 ? 'sentinel' : right(s)
