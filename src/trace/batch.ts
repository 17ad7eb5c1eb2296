/** What a request does: a read fills the cache where it misses, a write puts the object in, a deletion takes it out. */
export const operations = { read: 0, write: 1, delete: 2 } as const

/** Requests in their order: arrays of one length. One that the trace doesn't have, or that wasn't asked for, is undefined. */
export interface Batch {
  /** Dense numbers of the keys, in the order of their first appearance. */
  readonly keys: Uint32Array
  /** Sizes of the objects in bytes, from 1. */
  readonly sizes?: Float64Array | undefined
  /** Seconds from any moment on; they don't fall. */
  readonly times?: Float64Array | undefined
  /** Seconds until what the request puts in expires; 0 for never. */
  readonly ttls?: Float64Array | undefined
  /** Undefined if all are reads. */
  readonly operations?: Uint8Array | undefined
}
