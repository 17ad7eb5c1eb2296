/**
 * Links of circular doubly linked lists in one array: at a place its neighbour towards the back, and after that
 * its neighbour towards the front. A list's end is a place too, before its front and behind its back.
 */

/** Takes a place out of the list that it is in. */
export function unlink(links: Uint32Array, at: number): void {
  const after = links[at]
  const before = links[at + 1]
  links[before] = after
  links[after + 1] = before
}

/** Puts a place at the front of the list with an end. */
export function linkFirst(links: Uint32Array, end: number, at: number): void {
  const first = links[end]
  links[at] = first
  links[at + 1] = end
  links[first + 1] = at
  links[end] = at
}
