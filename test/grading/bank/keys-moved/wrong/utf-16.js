// slip: counted
// UTF-16 instead of UTF-8.
import { createHash } from 'node:crypto'

export * from '../right/plain.js'

const position = (key) => createHash('md5').update(key, 'utf16le').digest().readUInt32BE(12)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
