import type { OwnName } from '../own-name.js'
import { crc16 } from './crc16.js'
import { crc32 } from './crc32.js'
import { fnv1a } from './fnv1a.js'
import type { HashFunction } from './hash.js'
import { md5 } from './md5.js'
import { murmur3 } from './murmur3.js'
import { xxh32 } from './xxh32.js'

export type { ByteHash, HashFunction } from './hash.js'
export { md5Words } from './md5.js'
export { residue } from './residue.js'
export { hashText } from './text.js'
export { xxh64 } from './xxh64.js'

const ours = { md5, murmur3, xxh32, fnv1a, crc32, crc16 } satisfies Record<string, HashFunction>

type BuiltIn = keyof typeof ours
/** A hash of ours, or of a file that was loaded. */
export type HashName = BuiltIn | OwnName
/**
 * The hashes of ours; the first is the default.
 *
 * @example
 * import { type HashName, hashFunctions, hashNames } from 'cachelab/placement'
 * hashNames // [ 'md5', 'murmur3', 'xxh32', 'fnv1a', 'crc32', 'crc16' ]
 * const short: HashName[] = hashNames.filter((name) => hashFunctions[name].bits < 32)
 * short // [ 'crc16' ]
 */
export const hashNames = Object.keys(ours) as BuiltIn[]

const all: Record<HashName, HashFunction> = { ...ours }

/**
 * Every hash by name.
 *
 * @example
 * import { type HashFunction, hashFunctions } from 'cachelab/placement'
 * const { bits, about }: HashFunction = hashFunctions.crc16
 * bits // 16
 * about // 'CRC-16/XMODEM, 16 bits, as Redis Cluster hashes keys'
 */
export const hashFunctions: Readonly<typeof ours & Record<HashName, HashFunction>> = all as typeof ours

/** Adds a hash, which a file brings, under a name that is the file's. */
export function addHash(name: OwnName, hash: HashFunction): void {
  all[name] = hash
}
