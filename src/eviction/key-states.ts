/**
 * A state from 0 to 15 for each key, 0 at first: whether it is cached, in which queue, whether it was used.
 *
 * Eight keys share a word, so the states of a million keys are half a megabyte and stay near the processor,
 * which then learns from memory that is close by whether a request is a hit. O(1).
 */
export class KeyStates {
  private readonly words: Uint32Array

  constructor(keyCount: number) {
    this.words = new Uint32Array((keyCount + 7) >>> 3)
  }

  get(key: number): number {
    return (this.words[key >>> 3] >>> ((key & 7) << 2)) & 15
  }

  set(key: number, state: number): void {
    const shift = (key & 7) << 2
    this.words[key >>> 3] = (this.words[key >>> 3] & ~(15 << shift)) | (state << shift)
  }
}
