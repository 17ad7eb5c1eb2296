// fails: crc, utf-8, tag
// A text instead of a number.
import { slot as right } from '../right/plain.js'

export * from '../right/plain.js'

export const slot = (key) => String(right(key))
