// slip: crc, utf-8
// Modulo 16383.
import { clientOf, crc16, hashed, keysOf, togetherBy, utf8 } from '../right/plain.js'

export const slot = (key) => crc16(utf8(hashed(key))) % 16383
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
