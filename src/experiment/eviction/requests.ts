import type { Workload, WorkloadName } from '../../workload/index.js'
import { workloads } from '../../workload/index.js'

/** The request stream of an experiment on eviction. */
export interface RequestsSetup {
  readonly keys: number
  readonly requests: number
  /** Warm-up requests, which are not counted. */
  readonly warmup: number
  /** Zipf's exponent. */
  readonly exponent: number
}

/** A workload for a setup and a seed. */
export function workloadOf(
  name: WorkloadName,
  { keys, requests, warmup, exponent }: RequestsSetup,
  seed: number,
): Workload {
  return workloads[name].create({ keys, requests: requests + warmup, exponent, seed })
}

/** All requests of a workload in one array: four bytes each. */
export function drawAll(workload: Workload, count: number): Uint32Array {
  const all = new Uint32Array(count)
  workload.next(all)
  return all
}
