/**
 * A set of whole numbers below a limit that knows its greatest: a bit for each number, a bit above for each word
 * of bits that isn't empty, and so on up to one word. O(log₃₂ limit), and a bit a number.
 *
 * The simplest of van Emde Boas's trees, "Preserving Order in a Forest in Less Than Logarithmic Time", FOCS 1975.
 */
export class TimeSet {
  private readonly levels: Int32Array[] = []

  constructor(limit: number) {
    let words = limit
    do {
      words = (words + 31) >>> 5
      this.levels.push(new Int32Array(words))
    } while (words > 1)
  }

  has(number: number): boolean {
    return ((this.levels[0][number >>> 5] >>> (number & 31)) & 1) === 1
  }

  add(number: number): void {
    let bit = number
    for (let level = 0; level < this.levels.length; level++) {
      const words = this.levels[level]
      const word = bit >>> 5
      const before = words[word]
      words[word] = before | (1 << (bit & 31))
      if (before !== 0) return
      bit = word
    }
  }

  remove(number: number): void {
    let bit = number
    for (let level = 0; level < this.levels.length; level++) {
      const word = bit >>> 5
      this.levels[level][word] &= ~(1 << (bit & 31))
      if (this.levels[level][word] !== 0) return
      bit = word
    }
  }

  /** The greatest number. The set must not be empty. */
  greatest(): number {
    let bit = 0
    for (let level = this.levels.length - 1; level >= 0; level--) {
      bit = (bit << 5) | (31 - Math.clz32(this.levels[level][bit]))
    }
    return bit
  }
}
