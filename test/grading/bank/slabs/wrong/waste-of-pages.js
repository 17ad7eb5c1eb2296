// fails: waste
// What is empty in the pages.
import { itemSize, slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function waste(items, chunks) {
  let sum = 0
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'number') sum += 1048576 - itemSize(item)
  }
  return sum
}
