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
    all: Seeds = this.seeds,
  ): Promise<Spread[][]> {
    if (vnodes.length === 0) return []
    const chunks = chunksOf(all)
    let rings = 0
    const results = await this.spreads(vnodes, chunks, (place) => {
      rings += chunks[place].length * vnodes.length
      progress?.(rings)
    })
    return bySize(vnodes, results.flat())
  }

  /** For each chunk of seeds one list a seed, of a spread for each number of virtual nodes, from low to high. */
  spreads(
    vnodes: readonly number[],
    chunks: readonly Seeds[],
    done: (place: number, spreads: Spread[][]) => void,
  ): Promise<Spread[][][]> {
    const inputs = chunks.map((seeds) => ({ ...this.task, vnodes, seeds, positions: this.positions }))
    return this.pool.map('ringSpreads', inputs, done)
  }

  close(): Promise<void> {
    return this.pool.close()
  }
}

export type Seeds = SpreadsTask['seeds']

/** Seeds divided into tasks. */
export function chunksOf(seeds: Seeds): Seeds[] {
  const share = Math.ceil(seeds.length / MAX_TASKS)
  return Array.from({ length: Math.ceil(seeds.length / share) }, (_, i) =>
    seeds.slice(i * share, (i + 1) * share),
  )
}

/** Spreads by seed as spreads by the number of virtual nodes. */
export const bySize = (vnodes: readonly number[], bySeed: readonly (readonly Spread[])[]): Spread[][] =>
  vnodes.map((_, v) => bySeed.map((spreads) => spreads[v]))
