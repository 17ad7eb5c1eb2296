import { integerIn } from '../numbers.js'
import { RedisError } from '../reply.js'
import { idOf, MAX_ID, MAX_SEQUENCE, type StreamId } from '../values/stream.js'

const LONGEST = 127
/** What C's strtoull reads. */
const UNSIGNED = /^[\t-\r ]*([-+]?)(\d+)$/

const invalid = () => new RedisError('ERR Invalid stream ID specified as stream command argument')

/** An unsigned number of 64 bits, which with a sign that Redis doesn't write itself wraps around. */
function unsignedIn(text: string): bigint {
  const written = integerIn(text)
  if (written !== undefined) {
    if (written < 0n) throw invalid()
    return written
  }
  const [, sign, digits] = UNSIGNED.exec(text) ?? []
  if (digits === undefined || BigInt(digits) > MAX_SEQUENCE) throw invalid()
  return BigInt.asUintN(64, sign === '-' ? -BigInt(digits) : BigInt(digits))
}

/** An ID as XADD takes it; with `*` as its sequence number only the milliseconds count. */
export function parsePartialId(
  text: string,
  missingSequence: bigint,
): { readonly id: StreamId; readonly isPartial: boolean } {
  if (text.length > LONGEST) throw invalid()
  const [whole] = text.split('\0', 1)
  const dash = whole.indexOf('-')
  const ms = unsignedIn(dash < 0 ? whole : whole.slice(0, dash))
  const rest = dash < 0 ? undefined : whole.slice(dash + 1)
  if (rest === '*') return { id: idOf(ms, 0n), isPartial: true }
  return { id: idOf(ms, rest === undefined ? missingSequence : unsignedIn(rest)), isPartial: false }
}

/** A whole ID, of which the sequence number may be missing. */
export function parseId(text: string, missingSequence = 0n): StreamId {
  const { id, isPartial } = parsePartialId(text, missingSequence)
  if (isPartial) throw invalid()
  return id
}

/** An end of a range: an ID, `-` or `+` for the least and the greatest one, or `(` before an ID that is excluded. */
export function parseEnd(text: string, isFirst: boolean): StreamId {
  const missing = isFirst ? 0n : MAX_SEQUENCE
  if (text.length > 1 && text.startsWith('(')) {
    const id = parseId(text.slice(1), missing)
    if (id === (isFirst ? MAX_ID : 0n))
      throw new RedisError(`ERR invalid ${isFirst ? 'start' : 'end'} ID for the interval`)
    return isFirst ? id + 1n : id - 1n
  }
  const [whole] = text.split('\0', 1)
  if (text.length <= LONGEST && (whole === '-' || whole === '+')) return whole === '-' ? 0n : MAX_ID
  return parseId(text, missing)
}
