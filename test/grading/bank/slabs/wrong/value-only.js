// fails: waste
// The header counts as waste.
import { itemSize, slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function waste(items, chunks) {
  let sum = 0
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'number') sum += chunks[place - 1] - item.value
  }
  return sum
}

export const size = itemSize
