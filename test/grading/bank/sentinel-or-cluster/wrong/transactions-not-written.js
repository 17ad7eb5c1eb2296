// slip: transactions
// One part isn’t written.
import { choose as right } from '../right/plain.js'

export function choose(s) {
  if (s.multiKeyTransactions) throw new Error('to do')
  return right(s)
}
