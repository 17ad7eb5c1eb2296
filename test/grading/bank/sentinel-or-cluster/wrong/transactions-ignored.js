// slip: transactions
// Looks at size and load only.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, multiKeyTransactions: false })
