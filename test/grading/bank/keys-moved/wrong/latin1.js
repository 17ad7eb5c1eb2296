// slip: counted
// Bytes of another encoding than UTF-8.
import { createHash } from 'node:crypto'

export * from '../right/plain.js'

const position = (key) => createHash('md5').update(Buffer.from(key, 'latin1')).digest().readUInt32BE(12)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
