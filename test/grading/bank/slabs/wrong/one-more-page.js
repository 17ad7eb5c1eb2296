// slip: pages
// A page too many where the last one is full.
import { slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function pages(items, chunks) {
  const counts = chunks.map(() => 0)
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'number') counts[place - 1]++
  }
  return counts.reduce(
    (sum, count, i) => sum + (count > 0 ? Math.floor(count / Math.floor(1048576 / chunks[i])) + 1 : 0),
    0,
  )
}
