// slip: counted
// The last four bytes the other way round.
import { createHash } from 'node:crypto'

export * from '../right/plain.js'

const position = (key) => createHash('md5').update(key).digest().readUInt32LE(12)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
