/**
 * cachelab as a library: placements, hashes, eviction policies, workloads, simulated cache clusters, real servers in the
 * place of their nodes, and the experiments behind the commands.
 */
export {
  CacheClient as Client,
  type ReadResult,
  type WriteMode,
  type WriteResult,
} from './cache-cluster/client.js'
export { Cluster, type ClusterOptions } from './cache-cluster/cluster.js'
export { Membership, type PlaceOn } from './cache-cluster/membership.js'
export { Versions } from './cache-cluster/versions.js'
export {
  type EvictionPolicy,
  type PolicyKind,
  type PolicyName,
  type PolicyOptions,
  policies,
  policyNames,
} from './eviction/index.js'
export { StackDistances } from './eviction/stack-distances.js'
export { clusterFailover } from './experiment/cluster/failover.js'
export { clusterReshard, type ReshardOptions } from './experiment/cluster/reshard.js'
export { type ClusterSetup, clusterDefaults } from './experiment/cluster/setup.js'
export { type HitRatioOptions, hitRatio } from './experiment/eviction/hit-ratio.js'
export { type Outcome, type ReplayTask, replay } from './experiment/eviction/replay.js'
export type { Requests as LoggedRequests } from './experiment/eviction/request-log.js'
export { simulate } from './experiment/eviction/simulate.js'
export { type CheckOptions, replicationCheck } from './experiment/replication/check.js'
export { type History, type HistorySetup, runHistory } from './experiment/replication/history.js'
export { type LossOptions, replicationLoss } from './experiment/replication/loss.js'
export { replication } from './experiment/replication/phases.js'
export { replicationScale, type ScaleOptions } from './experiment/replication/scale.js'
export type { PhasesOptions } from './experiment/replication/setup.js'
export { replicationTimeline } from './experiment/replication/timeline.js'
export { replicationTrace, type TraceOptions } from './experiment/replication/trace.js'
export { type CompareOptions, type NodeChange, ringCompare } from './experiment/ring/compare.js'
export { type DistributionOptions, ringDistribution } from './experiment/ring/distribution.js'
export { type Requests, simulateLoad } from './experiment/ring/load.js'
export { type MinVnodesOptions, ringMinVnodes } from './experiment/ring/min-vnodes.js'
export { type Replacement, type RollingOptions, ringRolling } from './experiment/ring/rolling.js'
export { type RoutesOptions, ringRoutes } from './experiment/ring/routes.js'
export { ringSweep, type SweepOptions } from './experiment/ring/sweep.js'
export { ringWeights, type WeightsOptions } from './experiment/ring/weights.js'
export { type SentinelSetup, sentinelDefaults } from './experiment/sentinel/history.js'
export { sentinelTimeline } from './experiment/sentinel/timeline.js'
export { type TiersSetup, tiersDefaults } from './experiment/tiers/setup.js'
export { type SweepName, sweepTiers } from './experiment/tiers/sweep.js'
export { compareTiers } from './experiment/tiers/tiers.js'
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
export { type Plain as RedisReply, plain as plainReply } from './redis/present.js'
export { ask as askRedis, RedisSession } from './redis/script.js'
export { Server as RedisStore } from './redis/server.js'
export { splitWords } from './redis/split.js'
export { slotOf, slotOfText } from './redis-deployment/cluster/routing.js'
export { type Address, parseAddresses } from './remote/address.js'
export { RemoteSession, realClock } from './remote/session.js'
export { type FormatName, formats, type Report } from './report/index.js'
export type { Fault } from './simulation/faults.js'
export { promised, start, type Task } from './simulation/task.js'
export {
  exponentForSkew,
  Uniform,
  type Workload,
  type WorkloadName,
  workloads,
  Zipf,
} from './workload/index.js'
