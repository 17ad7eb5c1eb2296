// fails: memcached
// Memcached though it has no replicas.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.persistence || s.multiKeyTransactions || s.largestValueKb > 1024 ? right(s) : 'memcached'
