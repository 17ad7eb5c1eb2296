import { crc16 } from './crc16.js'
import { crc32 } from './crc32.js'
import { fnv1a } from './fnv1a.js'
import type { HashFunction } from './hash.js'
import { md5 } from './md5.js'
import { murmur3 } from './murmur3.js'
import { xxh32 } from './xxh32.js'

export type { ByteHash, HashFunction } from './hash.js'
export { md5Words } from './md5.js'
export { hashText } from './text.js'

/** Every hash by name; the first is the default. */
export const hashFunctions = { md5, murmur3, xxh32, fnv1a, crc32, crc16 } satisfies Record<
  string,
  HashFunction
>

export type HashName = keyof typeof hashFunctions
export const hashNames = Object.keys(hashFunctions) as HashName[]
