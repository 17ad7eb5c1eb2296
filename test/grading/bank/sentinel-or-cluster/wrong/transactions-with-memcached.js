// slip: transactions
// Memcached for every plain cache, with transactions too.
import { choose as right } from '../right/plain.js'

export const choose = (s) =>
  s.persistence || s.highAvailability || s.largestValueKb > 1024 ? right(s) : 'memcached'
