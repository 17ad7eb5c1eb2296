// slip: tag
// Looks for another tag behind an empty one.
import { clientOf, crc16, keysOf, togetherBy, utf8 } from '../right/plain.js'

function hashed(key) {
  const [, tag] = /\{([^}]+)\}/.exec(key) ?? []
  return tag ?? key
}

export const slot = (key) => crc16(utf8(hashed(key))) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
