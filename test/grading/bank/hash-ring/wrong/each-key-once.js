// slip: locate
// A key that comes twice is answered for once; the other functions don't use it.
import { locate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const locate = (nodes, vnodes, keys) => right(nodes, vnodes, [...new Set(keys)])
