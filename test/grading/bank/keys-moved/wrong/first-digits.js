// slip: counted
// The first 8 hex digits instead of the last.
import { createHash } from 'node:crypto'

export * from '../right/plain.js'

const position = (key) => Number.parseInt(createHash('md5').update(key).digest('hex').slice(0, 8), 16)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
