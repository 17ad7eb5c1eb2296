// fails: copies, each-once, writes, one-hop, fallback, last-copy, hanging, timeout, kept
// What the starter returns.

export * from '../right/plain.js'

export const write = async () => 0
export const read = async () => null
