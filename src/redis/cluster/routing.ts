import { crc16 } from '../../hashing/crc16.js'
import { hashText } from '../../hashing/index.js'
import { keySlot } from '../../placement/slots.js'

const OPEN = '{'
const CLOSE = '}'

/** What is hashed of a key: its tag, between the first `{` and the next `}`, or all of it where that is nothing. */
export function hashedPart(key: string): string {
  const open = key.indexOf(OPEN)
  const close = open < 0 ? -1 : key.indexOf(CLOSE, open + 1)
  return close <= open + 1 ? key : key.slice(open + 1, close)
}

const scratch = Buffer.alloc(1 << 10)

/** The slot of a key whose characters are bytes. About 30 ns. */
export function slotOf(key: string): number {
  if (key.length > scratch.length) {
    const bytes = Buffer.from(key, 'latin1')
    return keySlot(bytes, 0, bytes.length)
  }
  for (let i = 0; i < key.length; i++) scratch[i] = key.charCodeAt(i)
  return keySlot(scratch, 0, key.length)
}

/** CRC16 of the UTF-8 form of a text, before it is taken modulo 16384. */
export const crcOf = (text: string): number => hashText(crc16.hash, text)
/** The slot of the UTF-8 form of a key. */
export const slotOfText = (key: string): number => hashText(keySlot, key)
