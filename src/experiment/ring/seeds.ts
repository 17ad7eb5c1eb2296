import { Pool } from '../../parallel/pool.js'
import { sharedCopy } from '../../parallel/shared.js'
import type { Spread } from '../../stats/summary.js'
import { tasks } from '../tasks.js'
import type { SpreadsTask } from './spreads.js'

/** The seeds of a number of runs: run i is the ring that `--seed` first + i gives. */
export function seedsFrom(first: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => first + i)
}

/** Enough to keep all cores busy to the end and to tell early how long all takes, few enough that sending them is cheap. */
const MAX_TASKS = 200

/** Spreads of many rings, with the seeds divided among the cores. */
export class SpreadRunner {
  private readonly pool = new Pool(tasks, 1)
  private readonly positions: Uint32Array

  /** Sorts the positions in place. */
  constructor(
    private readonly task: Pick<SpreadsTask, 'nodes' | 'hash'>,
    private readonly seeds: readonly number[],
    positions: Uint32Array,
  ) {
    this.positions = sharedCopy(positions.sort())
  }

  /** For each number of virtual nodes, from low to high, one spread a seed, in the order of the seeds. */
  async run(
    vnodes: readonly number[],
    progress?: (rings: number) => void,
    all: SpreadsTask['seeds'] = this.seeds,
  ): Promise<Spread[][]> {
    if (vnodes.length === 0) return []
    const share = Math.ceil(all.length / MAX_TASKS)
    const inputs: SpreadsTask[] = []
    for (let start = 0; start < all.length; start += share) {
      const seeds = all.slice(start, start + share)
      inputs.push({ ...this.task, vnodes, seeds, positions: this.positions })
    }
    let rings = 0
    const results = await this.pool.map('ringSpreads', inputs, () => {
      rings += share * vnodes.length
      progress?.(rings)
    })
    const bySeed = results.flat()
    return vnodes.map((_, v) => bySeed.map((spreads) => spreads[v]))
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}
