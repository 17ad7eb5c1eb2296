import type { Random } from '../../random/random.js'
import type { RedisNode } from './redis-node.js'

/**
 * The acknowledged writes, to find lost ones later. Each write has its own key, `w:0`, `w:1`, …, so that a later write
 * doesn't hide a loss. With tags, `w:{0}:0`, `w:{1}:1`, …, all keys are in as many slots as there are tags.
 */
export class Ledger {
  private next = 0
  private readonly acknowledged: number[] = []

  constructor(private readonly tags = 0) {}

  keyOf(write: number): string {
    return this.tags > 0 ? `w:{${write % this.tags}}:${write}` : `w:${write}`
  }

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

  /** A random acknowledged write; undefined if there is none. */
  any(random: Random): number | undefined {
    return this.count === 0 ? undefined : this.acknowledged[random.below(this.count)]
  }

  /** The acknowledged writes that none of some nodes has. O(writes × nodes). */
  missingFrom(nodes: readonly RedisNode[]): number[] {
    return this.missing((key) => nodes.some((node) => hasKey(node, key)))
  }

  /** The acknowledged writes whose keys are not kept. */
  missing(isKept: (key: string) => boolean): number[] {
    return this.acknowledged.filter((write) => !isKept(this.keyOf(write)))
  }
}

export const hasKey = ({ server }: RedisNode, key: string): boolean => server.databases[0].has(key)
