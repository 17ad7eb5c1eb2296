/** cachelab as a library: placements, hashes, eviction policies, workloads and the experiments behind the commands. */
export {
  type EvictionPolicy,
  type PolicyKind,
  type PolicyName,
  type PolicyOptions,
  policies,
  policyNames,
} from './eviction/index.js'
export { StackDistances } from './eviction/stack-distances.js'
export { type HitRatioOptions, hitRatio } from './experiment/eviction/hit-ratio.js'
export { simulate } from './experiment/eviction/simulate.js'
export { type CompareOptions, type NodeChange, ringCompare } from './experiment/ring/compare.js'
export { type DistributionOptions, ringDistribution } from './experiment/ring/distribution.js'
export { type Requests, simulateLoad } from './experiment/ring/load.js'
export { type MinVnodesOptions, ringMinVnodes } from './experiment/ring/min-vnodes.js'
export { type Replacement, type RollingOptions, ringRolling } from './experiment/ring/rolling.js'
export { type RoutesOptions, ringRoutes } from './experiment/ring/routes.js'
export { ringSweep, type SweepOptions } from './experiment/ring/sweep.js'
export { ringWeights, type WeightsOptions } from './experiment/ring/weights.js'
export { type HashFunction, type HashName, hashFunctions, hashText } from './hashing/index.js'
export { InputError } from './input-error.js'
export { type KeySource, LineKeys, numberedKeys } from './keys/index.js'
export {
  type BoundedOptions,
  BoundedRing,
  createPlacement,
  HashRing,
  HashSlots,
  JumpHash,
  Maglev,
  type MaglevOptions,
  Modulo,
  nodeNames,
  type Placement,
  type PlacementName,
  type PlacementOptions,
  placementNames,
  Rendezvous,
  type RendezvousOptions,
  type RingOptions,
} from './placement/index.js'
export { type FormatName, formats, type Report } from './report/index.js'
export {
  exponentForSkew,
  Uniform,
  type Workload,
  type WorkloadName,
  workloads,
  Zipf,
} from './workload/index.js'
