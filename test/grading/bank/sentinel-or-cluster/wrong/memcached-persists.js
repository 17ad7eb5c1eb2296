// fails: memcached
// Memcached though the data must persist.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.highAvailability || s.multiKeyTransactions || s.largestValueKb > 1024 ? right(s) : 'memcached'
