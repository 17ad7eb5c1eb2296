// fails: utf-8
// Codes of characters instead of bytes.
import { clientOf, crc16, hashed, keysOf, togetherBy } from '../right/plain.js'

export const slot = (key) => crc16([...hashed(key)].map((character) => character.charCodeAt(0))) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
