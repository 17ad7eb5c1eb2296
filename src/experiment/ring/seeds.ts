import { Pool, shared } from '../../parallel/pool.js'
import type { Spread } from '../../stats/summary.js'
import { tasks } from '../tasks.js'
import type { SpreadsTask } from './spreads.js'

/** The seeds of so many runs: run i is the ring that `--seed` first + i gives. */
export function seedsFrom(first: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => first + i)
}

const SEEDS_A_TASK = 10

/** Spreads of many rings, a share of the seeds to each core. */
export class SpreadRunner {
  private readonly pool = new Pool(tasks)
  private readonly positions: Uint32Array

  constructor(
    private readonly task: Pick<SpreadsTask, 'nodes' | 'hash'>,
    private readonly seeds: readonly number[],
    positions: Uint32Array,
  ) {
    this.positions = shared(positions)
  }

  /** For each number of virtual nodes, one spread a seed, in the order of the seeds. */
  async run(vnodes: readonly number[], progress?: (rings: number) => void): Promise<Spread[][]> {
    const inputs: SpreadsTask[] = []
    for (let start = 0; start < this.seeds.length; start += SEEDS_A_TASK) {
      const seeds = this.seeds.slice(start, start + SEEDS_A_TASK)
      for (const count of vnodes)
        inputs.push({ ...this.task, vnodes: [count], seeds, positions: this.positions })
    }
    let rings = 0
    const results = await this.pool.map('ringSpreads', inputs, () => {
      rings += SEEDS_A_TASK
      progress?.(rings)
    })
    return vnodes.map((_, v) =>
      results.filter((_, i) => i % vnodes.length === v).flatMap(([spreads]) => spreads),
    )
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}
