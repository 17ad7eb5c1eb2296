const POOL = 16

/**
 * Redis's pool of candidates for eviction: the sixteen sampled keys with the highest scores, in order
 * of their score when they were sampled. The pool persists between evictions. O(pool) a candidate.
 */
export class CandidatePool<Key> {
  /** By ascending score. */
  private readonly keys: Key[] = []
  private readonly scores: number[] = []

  /** Inserts a candidate by its score; a full pool drops the one with the lowest score. */
  offer(key: Key, score: number): void {
    const { keys, scores } = this
    let at = keys.length
    if (at === POOL && scores[0] >= score) return
    keys.push(key)
    scores.push(score)
    for (; at > 0 && scores[at - 1] >= score; at--) {
      keys[at] = keys[at - 1]
      scores[at] = scores[at - 1]
    }
    keys[at] = key
    scores[at] = score
    if (keys.length > POOL) {
      keys.shift()
      scores.shift()
    }
  }

  /** Takes the best candidate out; undefined where there is none. */
  take(): Key | undefined {
    this.scores.pop()
    return this.keys.pop()
  }

  /** Best first. */
  list(): Key[] {
    return this.keys.toReversed()
  }
}
