// slip: tag
// The tag reaches to the last closing brace.
import { clientOf, crc16, keysOf, togetherBy, utf8 } from '../right/plain.js'

function hashed(key) {
  const [, tag] = /^[^{]*\{(.+)\}/.exec(key) ?? []
  return tag?.startsWith('}') ? key : (tag ?? key)
}

export const slot = (key) => crc16(utf8(hashed(key))) % 16384
export const together = togetherBy(slot, keysOf)
export const run = clientOf({ slotOf: slot })
