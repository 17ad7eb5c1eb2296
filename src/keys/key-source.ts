import type { ByteHash } from '../hashing/index.js'
import type { RepeatedKeys } from './repeated.js'

/** The most keys that one experiment takes: four bytes each are kept where keys are placed twice. */
export const MAX_KEYS = 100_000_000

/** A list of keys that is read once, from its beginning. */
export interface KeySource {
  /** How a report names the list: `key-0 … key-9999`, or a file's name. */
  readonly label: string
  /** How many keys there are, where that is known before reading. */
  readonly count: number | null
  /** Blank lines skipped so far; 0 where there are no lines. */
  readonly blankLines: number
  /** The keys read so far that occurred before, where a list can have such; they are left out of the batches. */
  readonly repeated?: RepeatedKeys
  /**
   * Hashes the list in one pass, a batch at a time: one array of hash values for each hash, in the order of
   * the keys. The arrays are reused, so read them before asking for the next. O(bytes × hashes).
   */
  batches(hashes: readonly ByteHash[]): AsyncIterable<Uint32Array[]>
}
