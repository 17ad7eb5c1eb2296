// slip: persistence
// Memcached though the data must persist.
import { choose as right } from '../right/prefers-memcached.js'

export const choose = (s) => right({ ...s, persistence: false })
