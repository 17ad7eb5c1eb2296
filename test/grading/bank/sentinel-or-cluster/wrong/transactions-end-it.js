// slip: transactions
// Nothing for what is asked for seldom.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.multiKeyTransactions && s.dataGb > s.memoryPerServerGb ? null : right(s))
