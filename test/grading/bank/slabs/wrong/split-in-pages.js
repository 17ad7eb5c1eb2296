// slip: pages
// Split items take a page each.
import { pages as right, slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export const pages = (items, chunks) =>
  right(items, chunks) + items.filter((item) => slabClass(item, chunks) === 'split').length
