// fails: utf-8
// Bytes of another encoding.
import { clientOf, crc16, hashed, keysOf, togetherBy } from '../right/plain.js'

export const slot = (key) => crc16(Buffer.from(hashed(key), 'latin1')) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
