import { InputError } from '../../input-error.js'
import type { Requests } from './request-log.js'

/** A capacity as it is asked for: a number of keys or bytes, or a share of all different keys or of their bytes. */
export interface Capacity {
  /** As it was written. */
  readonly text: string
  readonly amount: number
  readonly unit: 'keys' | 'bytes' | 'share' | 'byte share'
}

/** Whether sizes count: where a capacity is in bytes. Throws InputError where others aren't. */
export function inBytes(capacities: readonly Capacity[], sharesAreBytes: boolean): boolean {
  const sized = capacities.map(
    ({ unit }) => unit === 'bytes' || unit === 'byte share' || (unit === 'share' && sharesAreBytes),
  )
  if (new Set(sized).size > 1)
    throw new InputError(
      `--capacity must be all in keys or all in bytes, got "${capacities.map(({ text }) => text).join(',')}"`,
    )
  return sized[0]
}

/** The capacity for these requests, in keys or bytes. */
export function capacityFor({ amount, unit }: Capacity, { sizes, keyCount }: Requests): number {
  if (unit === 'keys' || unit === 'bytes') return amount
  return shareOf(amount, sizes ? sizes.reduce((sum, size) => sum + size, 0) : keyCount)
}

/** The capacity for so many keys without sizes. Throws InputError for one in bytes. */
export function keysOf({ amount, unit, text }: Capacity, keys: number): number {
  if (unit === 'keys') return amount
  if (unit === 'share') return shareOf(amount, keys)
  throw new InputError(`--capacity in bytes needs --trace with sizes, got "${text}"`)
}

const shareOf = (share: number, whole: number) => Math.max(1, Math.round(share * whole))
