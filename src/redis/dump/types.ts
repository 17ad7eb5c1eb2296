/** Types of values in dumps, each with its encoding. Those that are zipped, and scores as text, are of Redis before 7. */
export const TYPES = {
  string: 0,
  list: 1,
  set: 2,
  textScores: 3,
  hash: 4,
  sortedSet: 5,
  zippedList: 10,
  intset: 11,
  zippedSortedSet: 12,
  zippedHash: 13,
  zippedNodes: 14,
  packedHash: 16,
  packedSortedSet: 17,
  nodes: 18,
  stream: 19,
} as const

/** Kinds of the nodes of a list: one item as it is, or a listpack. */
export const NODES = { plain: 1, packed: 2 } as const
