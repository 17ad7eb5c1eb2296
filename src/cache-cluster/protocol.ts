import type { Transport } from '../simulation/transport.js'

/** What a client or another node can ask a node for. Keys are dense numbers. */
export type Request =
  | { readonly kind: 'get'; readonly key: number }
  | {
      readonly kind: 'put'
      readonly key: number
      readonly entry: CacheEntry
      /** Whether the node passes the entry on to the key's other owners, without waiting for them. */
      readonly forward: boolean
    }
  | { readonly kind: 'ping' }
  /** What the node has of the keys from … to − 1. */
  | { readonly kind: 'scan'; readonly from: number; readonly to: number }
  /** Send these keys' entries to another node. */
  | { readonly kind: 'copy'; readonly keys: readonly number[]; readonly to: number }
  | { readonly kind: 'load'; readonly keys: readonly number[]; readonly entries: readonly CacheEntry[] }
  /**
   * The node now knows everything about its own keys among from … to − 1, and can forget the others. Refused if the
   * owners have changed in the meantime, or if the node has lost its memory.
   */
  | {
      readonly kind: 'settle'
      readonly from: number
      readonly to: number
      readonly epoch: number
      readonly incarnation: number
    }

/** What is stored under a key: of two entries the one with the higher version counts. */
export interface CacheEntry {
  /** Unique, from 1, ascending with time. It stands for the value too. */
  readonly version: number
  /** A deletion is stored like a value, so that older values don't come back. */
  readonly deleted: boolean
  /** Virtual time in milliseconds at which it is gone; Infinity for never. */
  readonly expires: number
}

export type Reply =
  | { readonly status: 'found'; readonly entry: CacheEntry }
  /** There is no such key. */
  | { readonly status: 'missing' }
  /** The node can't answer for the key: it doesn't own it, or is unsure of it. */
  | { readonly status: 'unsure' }
  | { readonly status: 'stored' }
  | { readonly status: 'alive'; readonly incarnation: number }
  | {
      readonly status: 'scanned'
      readonly entries: readonly (CacheEntry | undefined)[]
      readonly incarnation: number
    }
  /** The connection was refused or broke. */
  | { readonly status: 'refused' }
  /** No answer in time. */
  | { readonly status: 'timeout' }

export type CacheTransport = Transport<Request, Reply>

/** The owners of keys; all nodes and clients share one table. */
export interface Ownership {
  /** Grows whenever owners change. */
  readonly epoch: number
  /** Owners of each key: the replication factor, or all members if there are fewer. */
  readonly copies: number
  /** The owner of rank 0 … copies − 1 of a key: the primary first, then clockwise. */
  owner(key: number, rank: number): number
  /** Whether a node may hold a key: it owns it, or is going to. */
  owns(node: number, key: number): boolean
  /** The nodes that are going to own a key and don't yet. */
  successorsOf(key: number): readonly number[]
}
