// fails: size, load, transactions, one-server, persistence, availability, values
// Names that were not asked for.
import { choose as right } from '../right/plain.js'

export const choose = (s) => `redis-${right(s)}`
