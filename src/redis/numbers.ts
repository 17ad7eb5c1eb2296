import { notFloat, notInteger, type RedisError } from './reply.js'

const LEAST = -(2n ** 63n)
const MOST = 2n ** 63n - 1n
const SAFE_DIGITS = 15
const LONGEST = 20

export const isInt64 = (value: bigint) => value >= LEAST && value <= MOST

/** Whether a text is an integer in Redis's form: no sign but `-`, no leading zeros. */
function looksWhole(text: string): boolean {
  const { length } = text
  let at = 0
  if (text.charCodeAt(0) === 45) at = 1
  const first = text.charCodeAt(at)
  if (first === 48) return length === 1
  if (length === at || length > LONGEST) return false
  for (; at < length; at++) {
    const digit = text.charCodeAt(at)
    if (digit < 48 || digit > 57) return false
  }
  return true
}

/** A 64-bit integer as Redis writes it; undefined for anything else. */
export function integerIn(text: string): bigint | undefined {
  if (!looksWhole(text)) return undefined
  const value = BigInt(text)
  return isInt64(value) ? value : undefined
}

/** The same for safe integers, which is faster; undefined for everything else, larger integers too. */
export function smallIntegerIn(text: string): number | undefined {
  return text.length <= SAFE_DIGITS && looksWhole(text) ? Number(text) : undefined
}

export const isInteger = (text: string) => smallIntegerIn(text) !== undefined || integerIn(text) !== undefined

/** Throws where a text is no integer. */
export function parseInteger(text: string, error: () => RedisError = notInteger): bigint {
  const value = integerIn(text)
  if (value === undefined) throw error()
  return value
}

/** The same as a number, for counts and positions; integers beyond 2⁵³ are rounded. */
export function parseCount(text: string, error?: () => RedisError): number {
  return smallIntegerIn(text) ?? Number(parseInteger(text, error))
}

/** An integer reply: a number if it is a safe integer. */
export function integerReply(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i
const HEXADECIMAL = /^([-+]?)0x(?=[\da-f.])([\da-f]*)\.?([\da-f]*)(?:p([-+]?\d+))?$/i
const INFINITE = /^([-+]?)inf(inity)?$/i

/**
 * A number as C's strtod reads the whole of a text; undefined for anything else, for nan, and for what is too large or
 * too small for a double.
 */
export function floatIn(text: string): number | undefined {
  const short = smallIntegerIn(text)
  if (short !== undefined) return short
  const infinite = INFINITE.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const hexadecimal = HEXADECIMAL.exec(text)
  if (!hexadecimal && !DECIMAL.test(text)) return undefined
  const value = hexadecimal ? hexadecimalValue(hexadecimal) : Number(text)
  const vanished = value === 0 && /[1-9a-f]/i.test(text.replace(/^[-+]?0x|[ep][-+]?\d+$/gi, ''))
  return Number.isFinite(value) && !vanished ? value : undefined
}

function hexadecimalValue([, sign, whole, fraction, exponent = '0']: RegExpExecArray): number {
  const value = Number(`0x0${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

export function parseDouble(text: string, error: () => RedisError = notFloat): number {
  const value = floatIn(text)
  if (value === undefined) throw error()
  return value
}

const DIGITS = 17

/** A double as C's `%.17g` prints it, which is how Redis 7.0 writes scores: 0.1 is "0.10000000000000001". */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e17) return Object.is(value, -0) ? '-0' : String(value)
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const [mantissa, exponent] = value.toExponential(DIGITS - 1).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < DIGITS) return withoutZeros(value.toPrecision(DIGITS))
  return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

export function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
