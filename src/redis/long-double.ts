import { withoutZeros } from './numbers.js'

/** A number of 64 bits of mantissa, as INCRBYFLOAT computes with on x86: mantissa × 2^exponent. */
interface LongDouble {
  readonly mantissa: bigint
  readonly exponent: number
}

const BITS = 64
const PLACES = 17
const LONGEST = 5 * 1024 - 1
/** The largest decimal exponent of a long double. */
const MAX_POWER = 4931
const DECIMAL = /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i

/**
 * The sum of two decimal numbers as INCRBYFLOAT writes it: each is rounded to a long double, and so is their sum,
 * which is printed with seventeen decimals and without trailing zeros. Undefined if a text isn't a finite number.
 */
export function addLongDoubles(a: string, b: string): string | undefined {
  const [first, second] = [parse(a), parse(b)]
  if (!first || !second) return undefined
  const exponent = Math.min(first.exponent, second.exponent)
  const aligned = ({ mantissa, exponent: own }: LongDouble) => mantissa << BigInt(own - exponent)
  return print(rounded(aligned(first) + aligned(second), 1n, exponent))
}

/** Whether a text is a number that INCRBYFLOAT takes. */
export const isLongDouble = (text: string) => parse(text) !== undefined

function parse(text: string): LongDouble | undefined {
  const match = DECIMAL.exec(text)
  if (!match || text.length > LONGEST || match[2] + match[3] === '') return undefined
  const [, sign, whole, fraction, power = '0'] = match
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  const shift = Number(power) - fraction.length
  if (digits === 0n) return { mantissa: 0n, exponent: 0 }
  if (Math.abs(shift + whole.length) > MAX_POWER) return undefined
  return shift >= 0
    ? rounded(digits * 10n ** BigInt(shift), 1n, 0)
    : rounded(digits, 10n ** BigInt(-shift), 0)
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
