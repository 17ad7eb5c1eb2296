// fails: ask, ask-once, chain, crc, direct, errors, moved, remembered, utf-8
// The CRC itself.
import { clientOf, crc16, hashed, keysOf, togetherBy, utf8 } from '../right/plain.js'

export const slot = (key) => crc16(utf8(hashed(key)))
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
