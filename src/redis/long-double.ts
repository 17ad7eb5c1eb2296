import { DECIMAL, HEXADECIMAL, INFINITE, withoutZeros } from './numbers.js'

/** A number of 64 bits of mantissa, as INCRBYFLOAT computes with on x86: mantissa × 2^exponent, infinite for ∞. */
export interface LongDouble {
  readonly mantissa: bigint
  readonly exponent: number
}

const BITS = 64
const PLACES = 17
/** A text of this length is no number. */
export const TOO_LONG = 5 * 1024
/** Exponents beyond which a number is infinite or 0, of two for a mantissa of 64 bits, and of ten for any. */
const MAX_EXPONENT = 16384 - BITS
const MIN_EXPONENT = -16445 - BITS
const MAX_POWER = 5000
const INFINITY = Number.POSITIVE_INFINITY

/**
 * The sum as INCRBYFLOAT writes it: rounded to a long double and printed with seventeen decimals, without trailing
 * zeros. Undefined where it isn't finite.
 */
export function sumOfLongDoubles(a: LongDouble, b: LongDouble): string | undefined {
  if (a.exponent === INFINITY || b.exponent === INFINITY) return undefined
  const exponent = Math.min(a.exponent, b.exponent)
  const aligned = ({ mantissa, exponent: own }: LongDouble) => mantissa << BigInt(own - exponent)
  const sum = rounded(aligned(a) + aligned(b), 1n, exponent)
  return sum.exponent > MAX_EXPONENT ? undefined : print(sum)
}

/** A text as a long double; undefined for nan, for what is no number, and for what is too large or too small. */
export function longDoubleIn(text: string): LongDouble | undefined {
  if (text.length >= TOO_LONG) return undefined
  const infinite = INFINITE.exec(text)
  if (infinite) return { mantissa: infinite[1] === '-' ? -1n : 1n, exponent: INFINITY }
  const decimal = DECIMAL.exec(text)
  const match = decimal ?? HEXADECIMAL.exec(text)
  if (!match) return undefined
  const [, sign, whole, fraction, power = '0'] = match
  const digits = BigInt(`${decimal ? '' : '0x'}${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  if (digits === 0n) return { mantissa: 0n, exponent: 0 }
  const value = decimal
    ? scaled(digits, Number(power) - fraction.length, `${whole}${fraction}`.replace(/^0+/, '').length)
    : rounded(digits, 1n, Number(power) - 4 * fraction.length)
  return value && value.exponent <= MAX_EXPONENT && value.exponent >= MIN_EXPONENT ? value : undefined
}

/** `digits` × 10^power, for so many digits; undefined where that is far too large or too small. */
function scaled(digits: bigint, power: number, length: number): LongDouble | undefined {
  if (Math.abs(power + length) > MAX_POWER) return undefined
  return power >= 0
    ? rounded(digits * 10n ** BigInt(power), 1n, 0)
    : rounded(digits, 10n ** BigInt(-power), 0)
}

/** The nearest double, but for what is too small for one. */
export function doubleOf({ mantissa, exponent }: LongDouble): number {
  if (exponent === INFINITY) return Number(mantissa) * INFINITY
  const half = Math.trunc(exponent / 2)
  return Number(mantissa) * 2 ** half * 2 ** (exponent - half)
}

/** above / below × 2^exponent, rounded to 64 bits, a tie to the even one. */
function rounded(above: bigint, below: bigint, exponent: number): LongDouble {
  const magnitude = above < 0n ? -above : above
  if (magnitude === 0n) return { mantissa: 0n, exponent: 0 }
  let shift = bitsOf(magnitude) - bitsOf(below) - BITS
  let mantissa = divided(magnitude, below, shift)
  if (bitsOf(mantissa) > BITS) mantissa = divided(magnitude, below, ++shift)
  return { mantissa: above < 0n ? -mantissa : mantissa, exponent: exponent + shift }
}

const bitsOf = (value: bigint) => value.toString(2).length

/** above / (below × 2^shift) to the nearest whole number. */
function divided(above: bigint, below: bigint, shift: number): bigint {
  const up = shift < 0 ? above << BigInt(-shift) : above
  const down = shift > 0 ? below << BigInt(shift) : below
  const quotient = up / down
  const twice = (up % down) * 2n
  return twice > down || (twice === down && quotient % 2n === 1n) ? quotient + 1n : quotient
}

function print({ mantissa, exponent }: LongDouble): string {
  const magnitude = (mantissa < 0n ? -mantissa : mantissa) * 10n ** BigInt(PLACES)
  const scaled = divided(magnitude, 1n, -exponent)
  const digits = scaled.toString().padStart(PLACES + 1, '0')
  const text = withoutZeros(`${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`)
  return mantissa < 0n && text !== '0' ? `-${text}` : text
}
