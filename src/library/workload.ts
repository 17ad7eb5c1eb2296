/** Seeded streams of requests. */
export type { OwnWorkload, OwnWorkloadOptions } from '../own/workload.js'
export {
  exponentForSkew,
  topShare,
  Uniform,
  type Workload,
  type WorkloadKind,
  type WorkloadName,
  type WorkloadOptions,
  workloadNames,
  workloads,
  Zipf,
} from '../workload/index.js'
