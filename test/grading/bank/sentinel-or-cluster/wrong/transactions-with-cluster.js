// slip: transactions
// Believes that a cluster runs any transaction.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.multiKeyTransactions ? 'cluster' : right(s))
