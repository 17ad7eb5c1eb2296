import type { Findings } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { RealNodes } from './parallel.js'

/** One finding for each server that refused requests. */
export function refusalFindings({ refusals }: RealNodes, names: readonly string[]): Findings {
  const findings = [...refusals].map(([node, { first, count }]) => [
    `refused-${names[node]}`,
    {
      text: `${names[node]} refused or lost ${countOf(count, 'request')}: ${first}`,
      measured: count,
      expected: 0,
      ok: false,
    },
  ])
  return Object.fromEntries(findings)
}
