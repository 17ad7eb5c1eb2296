import { finalize } from '../hashing/murmur3.js'
import { createRandom } from '../random/random.js'

/** Decides at a miss whether the object is put in at all. */
export interface Admission {
  admits(key: number, size: number): boolean
}

/** Which filter stands before a policy, as plain data. */
export type AdmissionRule =
  | { readonly filter: 'size'; readonly bytes: number }
  | { readonly filter: 'probability'; readonly chance: number }
  | { readonly filter: 'bloom' }

/** A fresh filter. A size limit and a draw are O(1) and need no memory; the Bloom filter takes two bytes a key. */
export function createAdmission(rule: AdmissionRule, keyCount: number, seed: number): Admission {
  if (rule.filter === 'size') return { admits: (_, size) => size <= rule.bytes }
  if (rule.filter === 'bloom') return new SecondRequest(keyCount)
  const random = createRandom(seed, 'admission')
  return { admits: () => random.next() < rule.chance }
}

const BITS_A_KEY = 16
const HASHES = 4
/** A key is remembered for at least so many others, if there are as many. */
const MEMORY = 1 << 20

/**
 * Admits a key at its second miss: a Bloom filter remembers the first, so that keys requested only once don't enter.
 * When as many keys have been noted as it has room for, it is emptied. Wrong about one key in four hundred at most.
 *
 * Maggs and Sitaraman, "Algorithmic Nuggets in Content Delivery", SIGCOMM CCR 45(3), 2015; Bloom, CACM 13(7), 1970.
 */
class SecondRequest implements Admission {
  private readonly words: Int32Array
  private readonly room: number
  private noted = 0

  constructor(keyCount: number) {
    this.room = Math.min(Math.max(keyCount, 64), MEMORY)
    this.words = new Int32Array(2 ** Math.ceil(Math.log2((this.room * BITS_A_KEY) / 32)))
  }

  admits(key: number): boolean {
    const { words } = this
    const step = finalize(key ^ 0x5bd1e995) | 1
    let bit = finalize(key + 1)
    let known = true
    for (let i = 0; i < HASHES; i++, bit = (bit + step) | 0) {
      const word = (bit >>> 5) & (words.length - 1)
      if ((words[word] & (1 << (bit & 31))) !== 0) continue
      known = false
      words[word] |= 1 << (bit & 31)
    }
    if (known) return true
    if (++this.noted === this.room) {
      words.fill(0)
      this.noted = 0
    }
    return false
  }
}
