// slip: tag
// Hashes the whole key always.
import { clientOf, crc16, keysOf, togetherBy, utf8 } from '../right/plain.js'

export const slot = (key) => crc16(utf8(key)) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
