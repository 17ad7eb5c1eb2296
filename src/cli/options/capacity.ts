import type { AdmissionRule } from '../../eviction/admission.js'
import type { Capacity } from '../../experiment/eviction/capacity.js'
import { InputError } from '../../input-error.js'
import { type Parse, sizeInBytes } from './arguments.js'
import { option } from './declare.js'

const MAX_KEYS = 100_000_000
const MAX_BYTES = 2 ** 50
const SIZE = /^\d+(\.\d+)?[KMGT]?i?B$/i

const one = (text: string): Capacity | undefined => {
  const [, percent, ofBytes] = /^(\d+(?:\.\d+)?)%(B?)$/i.exec(text) ?? []
  if (percent !== undefined) {
    const amount = Number(percent) / 100
    return amount > 0 && amount <= 1 ? { text, amount, unit: ofBytes ? 'byte share' : 'share' } : undefined
  }
  const isCount = /^\d+$/.test(text)
  const amount = isCount ? Number(text) : Math.round(sizeInBytes(text, SIZE))
  if (!(amount >= 1 && amount <= (isCount ? MAX_KEYS : MAX_BYTES))) return undefined
  return { text, amount, unit: isCount ? 'keys' : 'bytes' }
}

/** Capacities between commas, the smallest first, each once. */
const capacities: Parse<Capacity[]> = (text, flag) => {
  const found = new Map(text.split(',').map((part) => [part, one(part)]))
  const known = [...found.values()].filter((capacity) => capacity !== undefined)
  if (known.length < found.size)
    throw new InputError(
      `${flag} must be numbers of keys such as 100, sizes such as 64MiB or shares such as 1% (1%B: of the bytes), between commas, got ${JSON.stringify(text)}`,
    )
  return known.sort((a, b) => a.amount - b.amount)
}

/** Capacities of the cache in keys, in bytes, or as a share of what there is. */
export const capacitiesOption = (initial: string) =>
  option(
    '<sizes>',
    'keys that the cache holds, bytes (64MiB) or a share of all keys (1%); several between commas',
    capacities,
    initial,
  ).first()

/** `size:64KiB`, `probability`, `probability:0.1` or `bloom`. */
const admission: Parse<AdmissionRule> = (text, flag) => {
  const [filter, value, ...more] = text.split(':')
  const bytes = Math.round(sizeInBytes(value ?? '', SIZE))
  const chance = value === undefined ? 0.5 : Number(value)
  if (more.length === 0) {
    if (filter === 'size' && bytes >= 1) return { filter, bytes }
    if (filter === 'probability' && chance > 0 && chance < 1) return { filter, chance }
    if (filter === 'bloom' && value === undefined) return { filter }
  }
  throw new InputError(
    `${flag} must be size:64KiB (objects up to that size), probability:0.5 (each miss by chance) or bloom (at the second request), got ${JSON.stringify(text)}`,
  )
}

export const admissionOption = option(
  '<filter>',
  'which missed objects of a trace are put in at all: size:<bytes>, probability[:<p>] or bloom',
  admission,
)
