import { notFloat, notInteger, RedisError } from './reply.js'

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

/** An integer from `least` to `most`; `error` is thrown for what is none and for what is beyond. */
export function parseBetween(text: string, least: bigint, most: bigint, error?: () => RedisError): number {
  const value = smallIntegerIn(text) ?? parseInteger(text, error)
  if (value >= least && value <= most) return Number(value)
  throw error?.() ?? new RedisError(`ERR value is out of range, value must between ${least} and ${most}`)
}

const INT = 2n ** 31n

/** An integer of 32 bits, such as the number of a database. */
export const parseInt32 = (text: string, error?: () => RedisError) =>
  parseBetween(text, -INT, INT - 1n, error)

/** An integer reply: a number if it is a safe integer. */
export function integerReply(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value
}

/** A number as an integer of 64 bits, as the processor converts it: the least one for what is beyond them, and for NaN. */
export const toInt64 = (value: number): bigint =>
  Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n)

/** The same for an integer without a sign: 0 for what is beyond 64 bits. */
export const toUint64 = (value: number): bigint => {
  if (value < 2 ** 63 || Number.isNaN(value)) return BigInt.asUintN(64, toInt64(value))
  return value < 2 ** 64 ? BigInt(value) : 0n
}

/** Numbers as C's strtod and strtold read them: the sign, digits before and after the point, and the exponent. */
export const DECIMAL = /^([-+]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i
export const HEXADECIMAL = /^([-+]?)0x(?=\.?[\da-f])([\da-f]*)\.?([\da-f]*)(?:p([-+]?\d+))?$/i
export const INFINITE = /^([-+]?)inf(?:inity)?$/i
const NOT_A_NUMBER = /^[-+]?nan(?:\(\w*\))?$/i
const BLANKS = /^[\t-\r ]+/

/**
 * What C's strtod makes of a text: blanks may precede the number, no text at all is 0, and what is too large or too
 * small for a double is infinite or 0. Undefined where the text doesn't end with the number.
 */
export function looseFloatIn(text: string): number | undefined {
  const number = text.replace(BLANKS, '')
  if (number === '') return text === '' ? 0 : undefined
  if (DECIMAL.test(number)) return Number(number)
  const infinite = INFINITE.exec(number)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (NOT_A_NUMBER.test(number)) return Number.NaN
  const hexadecimal = HEXADECIMAL.exec(number)
  return hexadecimal ? hexadecimalValue(hexadecimal) : undefined
}

/** The same up to the zero byte that ends a text in C; undefined for nan, too. */
export function textFloatIn(text: string): number | undefined {
  const end = text.indexOf('\0')
  const value = looseFloatIn(end < 0 ? text : text.slice(0, end))
  return Number.isNaN(value) ? undefined : value
}

/**
 * A number as commands take it: the whole of a text, without blanks; undefined for anything else, for nan, and for what
 * is too large or too small for a double.
 */
export function floatIn(text: string): number | undefined {
  const short = smallIntegerIn(text)
  if (short !== undefined) return short
  if (text === '' || BLANKS.test(text)) return undefined
  const value = looseFloatIn(text)
  if (value === undefined || Number.isNaN(value)) return undefined
  return isOutOfRange(text, value) ? undefined : value
}

/** Whether a number was too large or too small for a double, so that it was read as ∞ or 0. */
function isOutOfRange(text: string, value: number): boolean {
  if (value === 0) return /[1-9a-f]/i.test(text.replace(/^[-+]?0x|[ep][-+]?\d+$/gi, ''))
  return !Number.isFinite(value) && !INFINITE.test(text)
}

const MIN_NORMAL = 2 ** -1022

/** What SORT sorts by: the same as `textFloatIn`, but without what is out of range or loses digits for its smallness. */
export function sortedNumberIn(text: string): number | undefined {
  const short = smallIntegerIn(text)
  if (short !== undefined) return short
  const number = text.split('\0', 1)[0].replace(BLANKS, '')
  const value = textFloatIn(text)
  if (value === undefined || isOutOfRange(number, value)) return undefined
  return value !== 0 && Math.abs(value) < MIN_NORMAL && DECIMAL.test(number) ? undefined : value
}

function hexadecimalValue([, sign, whole, fraction, exponent = '0']: RegExpExecArray): number {
  const power = Number(exponent) - 4 * fraction.length
  // In two steps, since 2^power alone may not fit into a double.
  const half = Math.trunc(power / 2)
  const value = Number(`0x0${whole}${fraction}`) * 2 ** half * 2 ** (power - half)
  return sign === '-' ? -value : value
}

export function parseDouble(text: string, error: () => RedisError = notFloat): number {
  const value = floatIn(text)
  if (value === undefined) throw error()
  return value
}

const DIGITS = 17
/** More digits than a double with an end near the seventeenth has. */
const EXACT_DIGITS = 60

/** So many digits and their exponent. Of two texts that are equally near C takes the even one, JavaScript the larger. */
function digitsOf(value: number, count: number): { mantissa: string; power: number } {
  const [mantissa, exponent] = value.toExponential(count - 1).split('e')
  const isOdd = '13579'.includes(mantissa[mantissa.length - 1])
  const exact = isOdd ? value.toExponential(EXACT_DIGITS).split('e')[0] : ''
  const isTie = isOdd && /^50*$/.test(exact.slice(mantissa.length))
  return { mantissa: isTie ? exact.slice(0, mantissa.length) : mantissa, power: Number(exponent) }
}

/** A double as C's `%.17g` prints it, which is how Redis 7.0 writes scores: 0.1 is "0.10000000000000001". */
export const formatDouble = (value: number) => formatGeneral(value, DIGITS)

/** A double with up to so many digits, as C's `%g` prints it. */
export function formatGeneral(value: number, count: number): string {
  if (Object.is(value, -0)) return '-0'
  if (Number.isInteger(value) && Math.abs(value) < 10 ** count)
    return Number.isSafeInteger(value) ? String(value) : String(BigInt(value))
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const { mantissa, power } = digitsOf(value, count)
  if (power < -4 || power >= count)
    return `${withoutZeros(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const sign = value < 0 ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (power < 0) return withoutZeros(`${sign}0.${'0'.repeat(-power - 1)}${digits}`)
  return withoutZeros(`${sign}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`)
}

/** Doubles up to here that are whole are kept as integers. */
const MAX_WHOLE = 2 ** 62

/** A score as ZSCAN and DUMP write it: those of packed sets are kept as integers where they are whole. */
export function scannedScore(score: number, isPacked: boolean): string {
  const isWhole = isPacked && Number.isInteger(score) && Math.abs(score) <= MAX_WHOLE
  return isWhole ? String(BigInt(score)) : formatDouble(score)
}

export function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
