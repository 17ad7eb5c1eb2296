/** @typedef {{ key: string, value: number, flags: number }} Item `value` is the number of bytes of the value */

/**
 * How many bytes an item needs in a chunk.
 * @param {Item} item
 */
export function itemSize(item) {
  return 0
}

/**
 * The sizes of the chunks of all slab classes, the smallest first.
 * @param {number} factor
 */
export function chunkSizes(factor) {
  return []
}

/**
 * The number of the class that an item goes to, from 1, or 'split' or 'refused'.
 * @param {Item} item
 * @param {number[]} chunks
 */
export function slabClass(item, chunks) {
  return 'refused'
}

/**
 * The bytes that stay empty in the chunks of all items together.
 * @param {Item[]} items
 * @param {number[]} chunks
 */
export function waste(items, chunks) {
  return 0
}

/**
 * How many pages of 1 MiB the items need; a page has chunks of one class.
 * @param {Item[]} items
 * @param {number[]} chunks
 */
export function pages(items, chunks) {
  return 0
}
