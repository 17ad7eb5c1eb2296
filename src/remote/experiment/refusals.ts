import { formatCount } from '../../report/format.js'
import type { Finding } from '../../report/index.js'
import type { RealNodes } from './parallel.js'

/** What servers refused, one finding for each; none where all went well. */
export function refusalFindings({ refusals }: RealNodes, names: readonly string[]): Finding[] {
  return [...refusals].map(([node, { first, count }]) => ({
    id: `refused-${names[node]}`,
    text: `${names[node]} refused or lost ${formatCount(count)} ${count === 1 ? 'request' : 'requests'}: ${first}`,
    measured: count,
    expected: 0,
    ok: false,
  }))
}
