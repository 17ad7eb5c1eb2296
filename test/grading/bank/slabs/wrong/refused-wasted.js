// fails: waste
// What has no chunk counts with its size.
import { itemSize, slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function waste(items, chunks) {
  let sum = 0
  for (const item of items) {
    const place = slabClass(item, chunks)
    sum += typeof place === 'number' ? chunks[place - 1] - itemSize(item) : itemSize(item)
  }
  return sum
}
