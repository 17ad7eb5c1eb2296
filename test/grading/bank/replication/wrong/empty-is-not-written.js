// slip: each-once
// Writes no empty values.
import { write as right } from '../right/plain.js'

export * from '../right/plain.js'

export const write = async (cluster, key, value, nodes) => (value ? right(cluster, key, value, nodes) : 0)
