// slip: one-server
// Cluster wherever something must persist.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.persistence && !s.multiKeyTransactions ? 'cluster' : right(s))
