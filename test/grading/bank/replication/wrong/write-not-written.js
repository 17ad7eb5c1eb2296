// fails: copies, each-once, writes, hanging, timeout, kept
// Only the read is there yet.

export * from '../right/plain.js'

export const write = async () => 0
