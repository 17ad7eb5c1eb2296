import { Lru } from '../../src/eviction/lru.js'

/** The built-in LRU, as a policy of a file. */
export default class extends Lru {
  constructor(capacity: number, { keyCount }: { readonly keyCount: number }) {
    super(capacity, keyCount)
  }
}
