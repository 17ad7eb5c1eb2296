import { quoted } from '../text/bytes.js'
import type { Fields } from '../text/fields.js'
import { numberOfBlock } from './blocks.js'
import { fixedFormat } from './fixed.js'

const X = 0x78
/** Hexadecimal digits that a double holds exactly. */
const EXACT_DIGITS = 13
const MAX_DIGITS = 16

/**
 * Loads and stores of a program: `l 0x1fffff50 1`, `W 0x7f00`, or `0x7f00 R`, as in UC San Diego's course on computer
 * architecture (CSE 240A) and in memory simulators. What follows the two is ignored. Any operation is a request.
 */
export const address = fixedFormat({
  name: 'address',
  takes: ['blockSize'],
  shape: /^([lsrw] +0x[\da-f]{1,16}( +\d+)?|0x[\da-f]{1,16} +([lsrw]|read|write))$/i,
  open: ({ blockSize }) => ({
    delimiter: 'spaces',
    atLeast: 2,
    understood: `loads and stores; keys are ${blockSize === undefined ? 'addresses' : `blocks of ${blockSize} bytes`}`,
    parameters: { blockSize: blockSize ?? null },
    has: { sizes: blockSize !== undefined },
    row(fields, out) {
      const value = addressIn(fields)
      out.size = blockSize ?? 1
      out.add(numberOfBlock(out, blockOf(value, blockSize ?? 1)))
    },
  }),
})

const blockOf = (value: number | bigint, size: number) =>
  typeof value === 'bigint' ? value / BigInt(size) : Math.floor(value / size)

/** The hexadecimal number in the first column that has one. */
function addressIn(fields: Fields): number | bigint {
  const { bytes, starts, ends } = fields
  const column = (bytes[starts[0] + 1] | 0x20) === X ? 0 : 1
  const start = (bytes[starts[column] + 1] | 0x20) === X ? starts[column] + 2 : starts[column]
  const digits = ends[column] - start
  let value = 0
  for (let i = start; i < ends[column]; i++) {
    const digit = hexDigit(bytes[i])
    if (digit < 0) throw wrong(fields, column)
    value = value * 16 + digit
  }
  if (digits < 1 || digits > MAX_DIGITS) throw wrong(fields, column)
  return digits <= EXACT_DIGITS ? value : BigInt(`0x${fields.text(column).replace(/^0x/i, '')}`)
}

const wrong = (fields: Fields, column: number) =>
  fields.error(
    `the address ${quoted(fields.text(column))} in column ${column + 1} is not a hexadecimal number of up to ${MAX_DIGITS} digits`,
  )

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 0x20
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
