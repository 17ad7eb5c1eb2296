import { policies, policyNames } from '../../eviction/index.js'
import { reportOf } from '../../report/build.js'
import type { Report } from '../../report/index.js'

/** Every policy: its idea, what it costs, where it fails, and where it was published. */
export function policyTable(): Report {
  return reportOf('evict policies', {
    title: 'Eviction policies',
    tables: {
      policies: {
        title: 'What decides which key leaves',
        columns: [
          { key: 'policy', label: 'policy' },
          { key: 'idea', label: 'idea' },
          { key: 'hit', label: 'cost of a hit' },
          { key: 'miss', label: 'cost of a miss' },
          { key: 'memory', label: 'bytes a key' },
          { key: 'weakness', label: 'weak spot' },
          { key: 'paper', label: 'paper' },
        ],
        rows: policyNames.map((policy) => {
          const { idea, hit, miss, memory, weakness, paper } = policies[policy]
          return { policy, idea, hit, miss, memory, weakness, paper }
        }),
      },
    },
    findings: {
      choice:
        'No policy is best everywhere: measure with `cachelab evict --policies all` on requests like yours. opt is the ceiling that none can pass.',
    },
  })
}
