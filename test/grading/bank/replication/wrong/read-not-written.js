// fails: one-hop, fallback, last-copy, hanging, timeout, kept
// Only the write is there yet.

export * from '../right/plain.js'

export const read = async () => null
