/**
 * Hashes `bytes[start…end)` to an unsigned integer. Costs O(end − start) and allocates nothing, so that a
 * key list of millions is hashed straight from the buffer it was read into.
 */
export type ByteHash = (bytes: Uint8Array, start: number, end: number) => number

/** A hash function with the facts a user needs to choose it. */
export interface HashFunction {
  /** As options call it, such as `md5`. */
  readonly name: string
  /** Width of the result: values are 0 … 2^bits − 1. */
  readonly bits: number
  /** The hash of a range of bytes. */
  readonly hash: ByteHash
  /**
   * The whole digest where it is wider than `hash`: 32-bit words, whose bytes stand in them as a little-endian machine
   * has them. The array is the same at every call.
   */
  readonly digest?: (bytes: Uint8Array, start: number, end: number) => Int32Array
  /** One line: what it is and where it is defined. */
  readonly about: string
}
