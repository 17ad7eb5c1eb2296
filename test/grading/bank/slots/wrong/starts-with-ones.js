// slip: crc, utf-8
// The CRC that begins with 0xFFFF.
import { clientOf, crc16, hashed, keysOf, togetherBy, utf8 } from '../right/plain.js'

export const slot = (key) => crc16(utf8(hashed(key)), 0x1021, 0xffff) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
