// slip: pages
// Chunks that reach into the next page.
import { slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function pages(items, chunks) {
  const counts = chunks.map(() => 0)
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'number') counts[place - 1]++
  }
  return counts.reduce((sum, count, i) => sum + Math.ceil((count * chunks[i]) / 1048576), 0)
}
