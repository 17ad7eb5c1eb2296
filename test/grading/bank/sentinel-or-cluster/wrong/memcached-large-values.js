// fails: memcached
// Memcached for values that it does not take.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.highAvailability || s.multiKeyTransactions || s.persistence ? right(s) : 'memcached'
