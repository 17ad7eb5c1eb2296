// fails: transactions, persistence, availability, values
// Memcached for much data, whatever else is asked.
import { choose as right } from '../right/plain.js'

export const choose = (s) => (s.dataGb > s.memoryPerServerGb ? 'memcached' : right(s))
