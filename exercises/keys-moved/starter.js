/**
 * The share of keys, 0 to 1, that change servers under hash modulo N when `before` servers become `after`.
 * @param {number} before
 * @param {number} after
 */
export function movedByModulo(before, after) {
  return 0
}

/**
 * The share that has to move on a hash ring.
 * @param {number} before
 * @param {number} after
 */
export function movedByRing(before, after) {
  return 0
}

/**
 * How many of these keys change servers under modulo; a key's hash is the last 8 hex digits of its MD5.
 * @param {string[]} keys
 * @param {number} before
 * @param {number} after
 */
export function countMoved(keys, before, after) {
  return 0
}
