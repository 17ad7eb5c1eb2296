/**
 * The number of items, fields, members and links that have been visited or moved since the start: a cost that doesn't
 * depend on the machine. Each step of a hash table, a list or a skip list counts as one.
 */
export const work = { steps: 0 }
