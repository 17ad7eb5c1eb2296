import { type Workload, workloads } from './index.js'
import { exponentForSkew } from './zipf.js'

/** The lesson's two workloads: a fifth of the keys gets four fifths of the requests, or all keys are alike. */
export const loadWorkloads = ['zipf', 'uniform'] as const
export type LoadWorkload = (typeof loadWorkloads)[number]

export interface LoadOptions {
  readonly workload: LoadWorkload
  readonly keys: number
  readonly seed: number
}

/** The requests of one of them, without end. */
export function loadOf({ workload, keys, seed }: LoadOptions): Workload {
  const exponent = workload === 'zipf' ? exponentForSkew(keys, 0.2, 0.8) : 0
  return workloads[workload].create({ keys, requests: 1, exponent, seed })
}
