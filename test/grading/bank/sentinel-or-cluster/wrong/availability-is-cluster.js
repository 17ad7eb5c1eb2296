// slip: transactions, one-server
// Cluster wherever high availability is asked for.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.highAvailability ? 'cluster' : right(s))
