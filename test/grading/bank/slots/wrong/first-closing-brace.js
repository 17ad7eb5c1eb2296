// slip: tag
// Looks for the first closing brace in the whole key.
import { clientOf, crc16, keysOf, togetherBy, utf8 } from '../right/plain.js'

function hashed(key) {
  const [open, close] = [key.indexOf('{'), key.indexOf('}')]
  return open >= 0 && close > open + 1 ? key.slice(open + 1, close) : key
}

export const slot = (key) => crc16(utf8(hashed(key))) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
