// slip: pages
// Rounds up the sum over the classes.
import { slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function pages(items, chunks) {
  let sum = 0
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'number') sum += 1 / Math.floor(1048576 / chunks[place - 1])
  }
  return Math.ceil(sum - 1e-9)
}
