import { Pool } from '../../parallel/pool.js'
import { sharedCopy } from '../../parallel/shared.js'
import { positionsOf } from '../replication/setup.js'
import { tasks } from '../tasks.js'
import type { TiersRun, TiersTask } from './run.js'
import { clusterSetup, type TiersSetup } from './setup.js'

/** Runs designs on all cores. All setups have the same keys, and requests of the same trace. O(runs × requests). */
export async function runAll(
  runs: readonly Omit<TiersTask, 'positions'>[],
  done: (place: number, result: TiersRun) => void,
): Promise<TiersRun[]> {
  const [{ setup }] = runs
  const positions = sharedCopy(await positionsOf(clusterSetup(setup, 'distributed')))
  const trace = onSharedMemory(setup.trace)
  const pool = new Pool(tasks, 1)
  const inputs = runs.map((run) => ({ ...run, setup: { ...run.setup, trace }, positions }))
  return pool.map('runTiers', inputs, done).finally(() => pool.close())
}

const onSharedMemory = (trace: TiersSetup['trace']): TiersSetup['trace'] =>
  trace && {
    ...trace,
    keys: sharedCopy(trace.keys),
    operations: trace.operations && sharedCopy(trace.operations),
  }
