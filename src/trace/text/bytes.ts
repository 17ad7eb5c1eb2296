export const NEWLINE = 10
export const RETURN = 13
export const SPACE = 32
export const TAB = 9
export const QUOTE = 34
const ZERO = 48
const POINT = 46
/** Digits that a double holds exactly. */
const EXACT_DIGITS = 15
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i)

const decoder = new TextDecoder()

/** The text of `bytes[start … end)`. */
export const textOf = (bytes: Uint8Array, start = 0, end = bytes.length): string =>
  decoder.decode(bytes.subarray(start, end))

/** Characters of a file that a message quotes. */
const MAX_QUOTED = 60

const MAX_LISTED = 20

/** Text from a file for a message, cut where it is long. */
export const shortened = (text: string): string =>
  text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text

/** The same in quotes. */
export const quoted = (text: string): string => JSON.stringify(shortened(text))

/** `1 "a", 2 "b"`: columns or fields for a message, cut where they are many. */
export const listed = (names: readonly string[]): string =>
  names.length > MAX_LISTED
    ? `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`
    : names.join(', ')

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The decimal number that `bytes[start … end)` writes, correctly rounded; NaN for anything else. */
export function numberIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  let point = -1
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - ZERO
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
    else if (bytes[i] === POINT && point < 0) point = i
    else return unusualNumber(bytes, start, end)
  }
  const length = end - start
  if (length === 0 || length > EXACT_DIGITS || (point >= 0 && length === 1))
    return unusualNumber(bytes, start, end)
  return point < 0 ? value : value / POWERS[end - point - 1]
}

/** Numbers with a sign, an exponent or many digits. */
function unusualNumber(bytes: Uint8Array, start: number, end: number): number {
  const text = textOf(bytes, start, end)
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
}

/** Whether `bytes` has `wanted` at a place. */
export function startsWith(bytes: Uint8Array, wanted: ArrayLike<number>, at = 0): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}
