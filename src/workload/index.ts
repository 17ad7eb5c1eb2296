import { Uniform } from './uniform.js'
import type { Workload } from './workload.js'
import { exponentForSkew, Zipf } from './zipf.js'

export { Uniform } from './uniform.js'
export type { Workload } from './workload.js'
export { exponentForSkew, topShare, Zipf } from './zipf.js'

/** Every workload by name, made for a number of keys and a seed. */
export const workloads = {
  zipf: (keys: number, seed: number): Workload => new Zipf(keys, exponentForSkew(keys, 0.2, 0.8), seed),
  uniform: (keys: number, seed: number): Workload => new Uniform(keys, seed),
}

export type WorkloadName = keyof typeof workloads
export const workloadNames = Object.keys(workloads) as WorkloadName[]
