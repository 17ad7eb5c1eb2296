import type { PolicyName } from '../../eviction/index.js'
import { policyNames } from '../../eviction/index.js'
import { type HashName, hashNames } from '../../hashing/index.js'
import type { OwnKind } from '../../own/index.js'
import { type PlacementName, placementNames } from '../../placement/index.js'
import type { Report } from '../../report/index.js'
import { type WorkloadName, workloadNames } from '../../workload/index.js'
import { tryHash } from './hash.js'
import { tryPlacement } from './placement.js'
import { tryPolicy } from './policy.js'
import { tryWorkload } from './workload.js'

export { hasFailed } from './check.js'

/** How something is tried; what a kind doesn't have is not used. */
export interface Trial {
  /** One of ours that it should be. */
  readonly like?: string | undefined
  readonly time: boolean
  readonly consistent: boolean
}

interface Kind {
  /** Those of ours. */
  readonly names: readonly string[]
  conform(name: string, trial: Trial): Report
}

/** The checks of each kind, on one that was loaded or is ours. */
export const kinds: Readonly<Record<OwnKind, Kind>> = {
  policy: {
    names: policyNames,
    conform: (name, trial) => tryPolicy(name as PolicyName, { ...trial, like: trial.like as PolicyName }),
  },
  placement: {
    names: placementNames,
    conform: (name, trial) =>
      tryPlacement(name as PlacementName, { ...trial, like: trial.like as PlacementName }),
  },
  hash: {
    names: hashNames,
    conform: (name, trial) => tryHash(name as HashName, { ...trial, like: trial.like as HashName }),
  },
  workload: {
    names: workloadNames,
    conform: (name, trial) => tryWorkload(name as WorkloadName, { like: trial.like as WorkloadName }),
  },
}
