import type { Findings } from '../../report/build.js'
import { countOf, formatBytes, formatCount, formatRatio } from '../../report/format.js'
import { mean } from '../../stats/summary.js'
import { zipfFinding } from './hit-ratio-findings.js'
import { missRatio, type TraceResults, type TraceSummary } from './trace-results.js'

/** Share of a trace's requests that go to keys of their own, from which on the keys are probably no keys. */
const NEARLY_ALL = 0.9

/** Keys that can't be the right ones, the best policy, and what the trace allows. */
export function traceFindings(results: TraceResults): Findings {
  const { cells, summaries, sized, several } = results
  const [summary] = summaries
  if (cells.length === 0) return {}
  const of = several ? ` of ${summary.trace}` : ''
  return {
    ...Object.fromEntries(summaries.map((each) => [`distinct-${each.trace}`, distinctFinding(each)])),
    sizes:
      !sized &&
      summaries.some(({ hasSizes }) => hasSizes) &&
      'Sizes are not used: the capacity is in keys, and every key takes up one. A capacity in bytes, such as --capacity 64MiB, counts them.',
    best: bestFinding(results),
    once: summary.once > 0 && {
      text: `${formatCount(summary.once)} of ${countOf(summary.keys, 'key')}${of} are requested only once: a policy gains by evicting them early.`,
      measured: summary.once / summary.keys,
    },
    zipf: !several && zipfFinding(summary.fit),
    large:
      !summary.hasWrites &&
      cells.some(({ capacity }) => capacity >= (sized ? summary.objectBytes : summary.keys)) &&
      `A capacity of ${sized ? formatBytes(summary.objectBytes) : formatCount(summary.keys)} or more holds all keys${of}: nothing is ever evicted.`,
    bypassed: bypassedFinding(results),
    ...ceilingFindings(results),
  }
}

/** Whether nearly every request has a key of its own. */
export const isDistinct = ({ keys, requests }: TraceSummary) => requests >= 10 && keys > NEARLY_ALL * requests

function distinctFinding(summary: TraceSummary) {
  const { trace, keys, requests } = summary
  return (
    isDistinct(summary) && {
      text: `Nearly all keys of ${trace} differ: ${formatCount(keys)} different ones in ${countOf(requests, 'request')}. No cache helps there; check that the key is read from the right column.`,
      measured: keys / requests,
    }
  )
}

function bestFinding({ cells }: TraceResults) {
  if (cells.every(({ reads }) => reads === 0))
    return 'No request that is counted reads: there are no hit ratios.'
  const real = cells.filter(({ policy, reads }) => !policy.startsWith('opt') && reads > 0)
  if (real.length === 0) return undefined
  const several = new Set(real.map(({ trace }) => trace)).size > 1
  if (!several) {
    const best = real.reduce((a, b) => (missRatio(b) < missRatio(a) ? b : a))
    if (best.hits === 0) return 'No policy hits on this trace at these capacities.'
    const equals = real.filter((cell) => cell.asked === best.asked && missRatio(cell) === missRatio(best))
    const names = equals.map(({ policy }) => policy).join(', ')
    return {
      text: `Best on this trace: ${names} with ${formatRatio(1 - missRatio(best))} at capacity ${/^\d+$/.test(best.asked.text) ? formatCount(Number(best.asked.text)) : best.asked.text}. One trace is one sample: try another part of it before you decide.`,
      measured: 1 - missRatio(best),
    }
  }
  const designs = [...new Set(real.map(({ policy, asked }) => `${policy} at ${asked.text}`))].map((name) => ({
    name,
    hitRatio: mean(
      real
        .filter(({ policy, asked }) => `${policy} at ${asked.text}` === name)
        .map((cell) => 1 - missRatio(cell)),
    ),
  }))
  const best = designs.reduce((a, b) => (b.hitRatio > a.hitRatio ? b : a))
  return {
    text: `Highest mean hit ratio over the traces: ${best.name} with ${formatRatio(best.hitRatio)}. Traces differ more than policies do: read the percentiles.`,
    measured: best.hitRatio,
  }
}

function bypassedFinding({ cells }: TraceResults) {
  const worst = cells.reduce((a, b) => (b.bypassed > a.bypassed ? b : a))
  return (
    worst.bypassed > 0 && {
      text: `Requests for objects larger than a cache of ${formatBytes(worst.capacity)}: ${formatCount(worst.bypassed)}. They are not put in, and miss.`,
      measured: worst.bypassed,
    }
  )
}

function ceilingFindings({ cells, sized }: TraceResults): Findings {
  const policies = new Set(cells.map(({ policy }) => policy))
  return {
    opt:
      policies.has('opt') &&
      (sized
        ? 'opt evicts the object whose next request is furthest away. With sizes that is a heuristic: another choice can hit more.'
        : 'opt knows all future requests: no policy that admits every miss hits more.'),
    'opt-size':
      policies.has('opt-size') &&
      'opt-size is a bound on the hit ratio, not a policy: it may hold more than its capacity now and then. No cache hits more, and none may come close. Its byte hit ratio is no bound.',
  }
}
