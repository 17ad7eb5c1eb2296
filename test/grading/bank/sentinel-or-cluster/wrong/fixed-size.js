// fails: size, one-server
// Ten gigabytes are much, whatever a server holds.
import { choose as right } from '../right/plain.js'

export const choose = (s) => right({ ...s, memoryPerServerGb: 10 })
