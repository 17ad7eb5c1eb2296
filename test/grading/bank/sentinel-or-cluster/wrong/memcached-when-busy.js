// fails: transactions, persistence, availability, values
// Memcached for many requests, whatever else is asked.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.requestsPerSecond > 100_000 ? 'memcached' : right(s))
