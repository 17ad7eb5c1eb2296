import { type HashFunction, hashText } from '../../hashing/index.js'

/** A pattern that real keys follow. */
export interface KeyPattern {
  readonly name: string
  /** An example key. */
  readonly example: string
  /** The keys of the pattern, hashed. */
  positions(hash: HashFunction): Uint32Array
}

function pattern(name: string, example: string, count: number, key: (i: number) => string): KeyPattern {
  return {
    name,
    example,
    positions: ({ hash }) => Uint32Array.from({ length: count }, (_, i) => hashText(hash, key(i))),
  }
}

/** Common patterns of key lists, `count` keys of each. */
export function keyPatterns(count: number): KeyPattern[] {
  const padded = (i: number) => String(i).padStart(8, '0')
  return [
    pattern('counter', 'user:1', count, (i) => `user:${i}`),
    pattern('padded', 'user:00000001', count, (i) => `user:${padded(i)}`),
    pattern('suffixed', 'item:1:price', count, (i) => `item:${i}:price`),
    pattern('prefixed', 'long prefix', count, (i) => `production/eu-west-1/catalogue/v2/product/${i}`),
    pattern('hexadecimal', '0x0001', count, (i) => `0x${i.toString(16).padStart(4, '0')}`),
    pattern('step', 'id:1000', count, (i) => `id:${i * 1000}`),
  ]
}
