import { integerReply, parseInteger, smallIntegerIn } from '../numbers.js'
import { RedisError, type Reply } from '../reply.js'

/** An integer inside a string. */
export interface Field {
  readonly isSigned: boolean
  readonly bits: number
  /** In bits. */
  readonly offset: number
}

/** What to do with a value that doesn't fit. */
export type Overflow = 'WRAP' | 'SAT' | 'FAIL'

/** The longest string, in bits. */
export const MAX_BITS = 2 ** 32
export const notOffset = () => new RedisError('ERR bit offset is not an integer or out of range')

export function parseField(type: string, at: string): Field {
  const isSigned = type[0] === 'i'
  const bits = smallIntegerIn(type.slice(1)) ?? 0
  if (!/^[iu]/.test(type) || bits < 1 || bits > (isSigned ? 64 : 63))
    throw new RedisError(
      'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
    )
  const isCounted = at.startsWith('#')
  const given = parseInteger(isCounted ? at.slice(1) : at, notOffset)
  // In Redis the product wraps around.
  const offset = Number(BigInt.asIntN(64, given * BigInt(isCounted ? bits : 1)))
  if (offset < 0 || offset >= MAX_BITS) throw notOffset()
  return { isSigned, bits, offset }
}

function valueIn(bytes: Buffer, { isSigned, bits, offset }: Field): bigint {
  let value = 0n
  for (let bit = offset; bit < offset + bits; bit++) {
    const byte = bytes[Math.floor(bit / 8)] ?? 0
    value = (value << 1n) | BigInt((byte >>> (7 - (bit % 8))) & 1)
  }
  return isSigned ? BigInt.asIntN(bits, value) : value
}

export function readField(bytes: Buffer, field: Field): Reply {
  return integerReply(valueIn(bytes, field))
}

/** Sets or increments a field. SET returns the old value, INCRBY the new one, and both null on failure. */
export function writeField(
  bytes: Buffer,
  field: Field,
  kind: 'set' | 'incrby',
  amount: bigint,
  overflow: Overflow,
): Reply {
  const before = valueIn(bytes, field)
  // A negative number is a large one where the field has no sign.
  const given = field.isSigned || kind === 'incrby' ? amount : BigInt.asUintN(64, amount)
  const fitted = fitting(kind === 'set' ? given : before + given, field, overflow)
  if (fitted === undefined) return null
  const { bits, offset } = field
  const raw = BigInt.asUintN(bits, fitted)
  for (let i = 0; i < bits; i++) {
    const bit = offset + i
    const mask = 0x80 >>> (bit % 8)
    const at = Math.floor(bit / 8)
    if ((raw >> BigInt(bits - 1 - i)) & 1n) bytes[at] |= mask
    else bytes[at] &= ~mask
  }
  return integerReply(kind === 'set' ? before : fitted)
}

function fitting(value: bigint, { isSigned, bits }: Field, overflow: Overflow): bigint | undefined {
  const least = isSigned ? -(1n << BigInt(bits - 1)) : 0n
  const most = (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n
  if (value >= least && value <= most) return value
  if (overflow === 'FAIL') return undefined
  if (overflow === 'SAT') return value < least ? least : most
  return isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
}
