import { policies, policyNames } from '../../eviction/index.js'
import { reportOf } from '../../report/build.js'
import type { Report } from '../../report/index.js'

/** Every policy: its idea, what it costs, where it fails, and where it was published. */
export function policyTable(): Report {
  return reportOf('evict policies', {
    title: 'Eviction policies',
    tables: {
      policies: {
        title: 'Rule, cost and weakness of each policy',
        columns: {
          policy: 'policy',
          idea: 'idea',
          hit: 'cost of a hit',
          miss: 'cost of a miss',
          memory: 'bytes a key',
          weakness: 'weak spot',
          paper: 'paper',
        },
        rows: policyNames.map((policy) => {
          const { idea, hit, miss, memory, weakness, paper } = policies[policy]
          return { policy, idea, hit, miss, memory, weakness, paper }
        }),
      },
    },
    findings: {
      choice: {
        text: 'No policy is best for every workload. opt is the upper bound for all of them. To compare them on requests like yours:',
        command: 'cachelab evict --policies all',
      },
    },
  })
}
