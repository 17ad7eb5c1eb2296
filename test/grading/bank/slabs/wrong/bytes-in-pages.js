// slip: pages
// All bytes ÷ a page.
import { slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export const pages = (items, chunks) =>
  Math.ceil(
    items.reduce((sum, item) => {
      const place = slabClass(item, chunks)
      return sum + (typeof place === 'number' ? chunks[place - 1] : 0)
    }, 0) / 1048576,
  )
