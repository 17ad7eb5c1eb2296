// fails: waste
// A share instead of bytes.
import { itemSize, slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export function waste(items, chunks) {
  let [sum, all] = [0, 0]
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place !== 'number') continue
    sum += chunks[place - 1] - itemSize(item)
    all += chunks[place - 1]
  }
  return all === 0 ? 0 : sum / all
}
