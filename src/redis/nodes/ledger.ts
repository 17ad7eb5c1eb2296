import type { Random } from '../../random/random.js'
import type { RedisNode } from './redis-node.js'

/**
 * Every write that a client was told is done, so that it can be looked for later. Each write has a key of its own,
 * `w:0`, `w:1`, …, so one that is lost stays lost and isn't covered by the next.
 */
export class Ledger {
  private next = 0
  private readonly acknowledged: number[] = []

  /** The key of a new write. */
  begin(): number {
    return this.next++
  }

  acknowledge(write: number): void {
    this.acknowledged.push(write)
  }

  get count(): number {
    return this.acknowledged.length
  }

  /** One of the acknowledged writes; undefined while there is none. */
  any(random: Random): number | undefined {
    return this.count === 0 ? undefined : this.acknowledged[random.below(this.count)]
  }

  /** The acknowledged writes that none of some nodes has. O(writes × nodes). */
  missingFrom(nodes: readonly RedisNode[]): number[] {
    return this.acknowledged.filter(
      (write) => !nodes.some(({ server }) => server.databases[0].find(keyOf(write)) !== undefined),
    )
  }
}

export const keyOf = (write: number) => `w:${write}`
