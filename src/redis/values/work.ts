/**
 * How many items, fields, members and links have been looked at or moved since the program began: what operations
 * cost, whatever the machine. Each step of a hash table, of a list and of a skip list counts one.
 */
export const work = { steps: 0 }
