/** The share of keys, 0 to 1, that change servers under hash modulo N when `before` servers become `after`. */
export function movedByModulo(before: number, after: number): number {
  return 0
}

/** The share that has to move on a hash ring. */
export function movedByRing(before: number, after: number): number {
  return 0
}

/** How many of these keys change servers under modulo; a key's hash is the last 8 hex digits of its MD5. */
export function countMoved(keys: string[], before: number, after: number): number {
  return 0
}
