// slip: one-server
// Cluster for large values.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.largestValueKb > 1024 && !s.multiKeyTransactions ? 'cluster' : right(s))
