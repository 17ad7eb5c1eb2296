import type { PolicyName } from '../../eviction/index.js'

/** Time of a request, relative to most policies: those that search, sort or sample take longer. Measured on Zipf’s law. */
const costs: Readonly<Partial<Record<PolicyName, number>>> = {
  lhd: 8,
  'opt-size': 6,
  gdsf: 4,
  'redis-lru': 3,
  size: 3,
  'redis-lfu': 2,
  'w-tinylfu': 2,
  'w-tinylfu-adaptive': 2,
}

/** About how much work a request is to a policy: only shares of work depend on it. */
export const costOf = (policy: PolicyName): number => costs[policy] ?? 1
