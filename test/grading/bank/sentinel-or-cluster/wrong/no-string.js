// fails: size, load, transactions, one-server, persistence, availability, values
// An object instead of a name.
import { choose as right } from '../right/plain.js'

export const choose = (s) => ({ choice: right(s) })
