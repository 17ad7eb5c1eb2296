// fails: persistence, availability, values
// Not Memcached only where everything is needed at once.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.multiKeyTransactions || (s.persistence && s.highAvailability && s.largestValueKb > 1024)
    ? right(s)
    : 'memcached'
