import type { Random } from '../random/random.js'
import oddKeys from './odd-keys.json' with { type: 'json' }

/** Names and keys as hidden cases have them: short enough to read, in several scripts, so that bytes and letters differ. */
const STEMS = ['cache', 'node-', 'redis-', 'кеш', 'shard/']
const KINDS = ['user:', 'session:', 'cache:page:', 'товар:', '商品:']

/**
 * Keys that are texts like any other, but not to a program that trims them, takes them for numbers, looks them up in a
 * plain object, or takes bytes and letters for the same.
 */
export const ODD_KEYS: readonly string[] = oddKeys

export const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

export function oneOf<T>(values: readonly T[], random: Random): T {
  return values[random.below(values.length)]
}

/** Different names for nodes, in no order. */
export function drawNames(count: number, random: Random): string[] {
  const stem = oneOf(STEMS, random)
  const from = 1 + random.below(90)
  // A step that has no divisor in common with the count, so that no name comes twice.
  const step = count % 11 === 0 ? count - 1 : 11
  return Array.from({ length: count }, (_, i) => `${stem}${from + ((i * step) % count)}`)
}

export function drawKey(random: Random): string {
  return `${oneOf(KINDS, random)}${random.below(1e6)}`
}

/** Keys of one kind. */
export function drawKeys(count: number, random: Random): string[] {
  const kind = oneOf(KINDS, random)
  return many(count, () => `${kind}${random.below(1e9)}`)
}
