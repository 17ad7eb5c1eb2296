// slip: availability
// Memcached though it has no replicas.
import { choose as right } from '../right/prefers-memcached.js'

export const choose = (s) => (s.multiKeyTransactions ? 'sentinel' : right({ ...s, highAvailability: false }))
