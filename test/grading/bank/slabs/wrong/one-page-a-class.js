// slip: pages
// One page for each class.
import { slabClass } from '../right/plain.js'

export * from '../right/plain.js'

export const pages = (items, chunks) =>
  new Set(items.map((item) => slabClass(item, chunks)).filter((place) => typeof place === 'number')).size
