// slip: crc, utf-8
// The polynomial of CRC-16/IBM.
import { clientOf, crc16, hashed, keysOf, togetherBy, utf8 } from '../right/plain.js'

export const slot = (key) => crc16(utf8(hashed(key)), 0x8005) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
