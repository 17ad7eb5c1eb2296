// slip: counted
// All 128 bits in a number that holds 53.
import { createHash } from 'node:crypto'

export * from '../right/plain.js'

const position = (key) => Number(`0x${createHash('md5').update(key).digest('hex')}`)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
