import type { PolicyName } from '../../eviction/index.js'
import { Pool } from '../../parallel/pool.js'
import type { Workload, WorkloadName } from '../../workload/index.js'
import { tasks } from '../tasks.js'
import { DrawnStreams } from './drawn-streams.js'
import type { Outcome, ReplayTask } from './replay.js'
import { checkDrawn, type RequestsSetup, workloadOf } from './requests.js'

/** A cache and the generated requests that it gets. */
export interface Simulation {
  readonly policy: PolicyName
  readonly capacity: number
  readonly workload: WorkloadName
  /** Zipf's exponent. */
  readonly exponent: number
  readonly seed: number
}

/** Requests in all from which on workers save more time than they take to start. */
const MANY_REQUESTS = 8_000_000

/**
 * The hits of each simulation, on all cores. Neighbours on the same requests share them: they are drawn once, the next ones
 * while caches are at work on these. Four bytes a request, for at most two streams more than there are cores.
 */
export async function countAllHits(
  simulations: readonly Simulation[],
  { rate, ...setup }: Omit<RequestsSetup, 'exponent'> & { readonly rate: number },
  done: (place: number, hits: number) => void,
): Promise<void> {
  const { warmup, requests } = setup
  checkDrawn(warmup + requests)
  const create = ({ workload, exponent, seed }: Simulation): Workload =>
    workloadOf(workload, { ...setup, exponent }, seed)
  const streams = new DrawnStreams(simulations, sameRequests, create, warmup + requests)
  const isLong = simulations.length * (warmup + requests) >= MANY_REQUESTS
  const pool = new Pool(tasks, isLong ? 1 : Number.POSITIVE_INFINITY)
  const finished = (place: number, { hits }: Outcome) => {
    streams.release(place)
    done(place, hits)
  }
  const prepare = ({ policy, capacity, seed }: Simulation, place: number): ReplayTask => ({
    ...{ policy, capacity, seed, rate, warmup },
    requests: streams.take(place),
  })
  await pool.map('replay', simulations, finished, prepare).finally(() => {
    streams.close()
    return pool.close()
  })
}

const sameRequests = (a: Simulation, b: Simulation): boolean =>
  a.workload === b.workload && a.seed === b.seed && a.exponent === b.exponent
