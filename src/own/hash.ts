import { addHash } from '../hashing/index.js'
import { InputError } from '../input-error.js'
import { exportOf, isClass, misfit, type OwnFile, parametersOf } from './source.js'

/**
 * Registers the hash of a file under the file's name: a function (text) => whole number below 2^bits, or, without
 * copying, (bytes, start, end) => the same. `bits` is an export of the file, 32 where there is none.
 */
export function addOwnHash(file: OwnFile): void {
  const found = exportOf(file)
  if (isClass(found, 'hash')) throw misfit(file)
  const { name } = file
  const bits = Number(file.exports.bits ?? 32)
  if (!Number.isInteger(bits) || bits < 8 || bits > 32)
    throw new InputError(
      `${name}: bits must be a whole number from 8 to 32, got ${String(file.exports.bits)}`,
    )
  const limit = 2 ** bits
  const ofBytes = parametersOf(found) >= 3
  addHash(name, {
    name,
    bits,
    about: `the hash of ${name}`,
    hash(bytes, start, end) {
      const value: unknown = ofBytes ? found(bytes, start, end) : found(textOf(bytes, start, end))
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= limit)
        throw new InputError(
          `${name}: the hash of ${JSON.stringify(textOf(bytes, start, end))} must be a whole number from 0 to ${limit - 1}, and is ${String(value)}${Number(value) < 0 ? ' (x >>> 0 makes it one)' : ''}`,
        )
      return value
    },
  })
}

const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()
