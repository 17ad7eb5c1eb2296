import type { Progress } from '../../keys/index.js'
import { reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatDuration, formatNumber, formatRatio, formatTime } from '../../report/format.js'
import type { Cell, CurveFigure, Finding, Report, ReportParameters } from '../../report/index.js'
import { expectedHitRatio } from '../../stats/cache-theory.js'
import { meanInterval } from '../../stats/summary.js'
import { localCacheTheory } from '../../stats/tier-theory.js'
import { jointConfidence, shareInterval, verdict } from '../../stats/verdict.js'
import { Zipf } from '../../workload/index.js'
import { comparisonFinding } from '../comparison.js'
import { RESTARTED, type TiersRun } from './run.js'
import { runAll } from './run-all.js'
import {
  type DesignName,
  designNames,
  designs,
  localCapacity,
  sharedCapacity,
  type TiersSetup,
} from './setup.js'

/** The expected shares of a design; null where there is no formula. */
interface Expected {
  readonly hitRatio: number | null
  readonly staleShare: number | null
}

/** Local caches, a distributed cache and both, with equal memory and the same requests. O(designs × requests). */
export async function compareTiers(setup: TiersSetup, progress?: Progress): Promise<Report> {
  let finished = 0
  const runs = await runAll(
    designNames.map((design) => ({ setup, design })),
    () => progress?.(++finished, designNames.length),
  )
  const expected = runs.map(({ design }) => expectation(setup, design))
  return reportOf('tiers', {
    title: `Caches of ${countOf(setup.servers, 'server')}: local, distributed, or two tiers`,
    parameters: parametersOf(setup),
    tables: {
      tiers: {
        title: `Each design with a total capacity of ${countOf(setup.capacity, 'key')}, on the same requests`,
        columns: {
          design: 'design',
          hitRatio: ['hit ratio', 'ratio'],
          expectedHit: ['expected', 'ratio', 'detail'],
          staleShare: ['stale reads', 'ratio'],
          expectedStale: ['expected', 'ratio', 'detail'],
          duplicateShare: ['duplicates', 'ratio'],
          meanLatency: ['mean latency', 'ms'],
          p99: ['p99', 'ms', 'detail'],
          afterRestart: ['after restart', 'ratio'],
          messages: ['messages', 'per-second', 'detail'],
        },
        rows: runs.map((run, i) => rowOf(run, expected[i])),
      },
      timeline: timelineTable(setup, runs),
    },
    figures: [figureOf(setup, runs)],
    findings: findings(setup, runs, expected),
  })
}

/** The parameters that a report prints. */
export function parametersOf(setup: TiersSetup): ReportParameters {
  const { ttl, localLatency, hop, database, messageLoss, localShare, ...rest } = setup
  return {
    servers: rest.servers,
    nodes: rest.nodes,
    keys: rest.keys,
    capacity: rest.capacity,
    policy: rest.policy === 'lru' ? null : rest.policy,
    ...(rest.trace ? { trace: rest.trace.label } : { exponent: Number(rest.exponent.toFixed(4)) }),
    writeRatio: rest.trace?.operations ? null : rest.writeRatio,
    ttl: ttl === Infinity ? 'none' : formatTime(ttl),
    messageLoss,
    localShare,
    localLatency: formatTime(localLatency),
    hop: formatTime(hop),
    database: formatTime(database),
    rate: rest.rate,
    warmup: formatTime(rest.warmup),
    duration: formatTime(rest.duration),
    seed: rest.seed,
  }
}

function rowOf(run: TiersRun, { hitRatio, staleShare }: Expected): Record<string, Cell> {
  const { design, duplicateShare, meanLatency, p99, afterRestart } = run
  return {
    design,
    hitRatio: run.hitRatio,
    expectedHit: hitRatio,
    staleShare: run.staleShare,
    expectedStale: staleShare,
    duplicateShare,
    meanLatency,
    p99,
    afterRestart,
    messages: run.messagesPerSecond,
  }
}

/** Theory: Che’s approximation, for local caches with expiry and invalidation by others’ writes. O(keys). */
export function expectation(setup: TiersSetup, design: DesignName): Expected {
  const { keys, exponent, rate, servers, writeRatio, ttl, messageLoss, trace } = setup
  // Shares are of the reads; the formulas are LRU's.
  if (trace || writeRatio === 1 || setup.policy !== 'lru') return { hitRatio: null, staleShare: null }
  const { probabilities } = new Zipf(keys, exponent, 0)
  const { isLocal, isShared, tells } = designs[design]
  if (isLocal && isShared) return { hitRatio: null, staleShare: null }
  if (isShared)
    return {
      hitRatio: expectedHitRatio('lru', probabilities, sharedCapacity(setup, design), 1, 1e9),
      staleShare: null,
    }
  return localCacheTheory({
    probabilities,
    capacity: localCapacity(setup, design),
    rate: rate / servers / 1000,
    writeRatio,
    servers,
    ttl,
    fetch: setup.database,
    unheard: tells ? messageLoss : 1,
  })
}

function intervalStart({ duration }: TiersSetup, runs: readonly TiersRun[], i: number): number {
  return (duration / runs[0].timeline.length) * i
}

function timelineTable(setup: TiersSetup, runs: readonly TiersRun[]): TableDraft {
  return {
    title: `Hit ratio of server-${RESTARTED + 1}, which restarts after ${formatDuration(setup.duration / 2)}`,
    shownElsewhere: true,
    columns: {
      from: ['from', 'ms'],
      ...Object.fromEntries(runs.map(({ design }) => [design, [design, 'ratio']])),
      events: 'events',
    },
    rows: runs[0].timeline.map((_, i) => {
      const from = intervalStart(setup, runs, i)
      return {
        from,
        ...Object.fromEntries(runs.map(({ design, timeline }) => [design, timeline[i]])),
        events: from === setup.duration / 2 ? `server-${RESTARTED + 1} restarts` : '',
      }
    }),
  }
}

function figureOf(setup: TiersSetup, runs: readonly TiersRun[]): CurveFigure {
  return {
    kind: 'curves',
    title: `Hit ratio of server-${RESTARTED + 1}, which restarts after ${formatDuration(setup.duration / 2)}`,
    x: { label: 'seconds' },
    y: { label: 'hit ratio', unit: 'ratio' },
    events: [{ at: setup.duration / 2000, text: `server-${RESTARTED + 1} restarts` }],
    series: runs
      .filter(({ design }) => design !== 'local-ttl')
      .map(({ design, timeline }) => ({
        name: design,
        points: timeline.map((ratio, i) => [intervalStart(setup, runs, i) / 1000, ratio] as const),
      })),
  }
}

function findings(setup: TiersSetup, runs: readonly TiersRun[], expected: readonly Expected[]): Finding[] {
  const [ttl, told, shared, both] = runs
  if (told.hitRatio === null)
    return [
      {
        id: 'no-reads',
        text: `No read came within the ${formatDuration(setup.duration)} that are counted: there are no hit ratios, no stale reads and no latencies.`,
      },
    ]
  return [
    ...(setup.trace ? [] : [theory(runs, expected)]),
    {
      id: 'stale',
      text: `Stale: ${formatRatio(ttl.staleShare)} of the reads where ${setup.ttl === Infinity ? 'only eviction' : `only the TTL of ${formatDuration(setup.ttl)} or eviction`} removes an entry. Invalidation messages, ${formatRatio(setup.messageLoss, 0)} of them lost, leave ${formatRatio(told.staleShare)} (${countOf(Math.round(told.messagesPerSecond), 'message')} a second). The distributed cache has ${formatRatio(shared.staleShare)}: all servers read the same entry.`,
      ...measuredAs(ttl.staleShare),
    },
    {
      id: 'duplicates',
      text: `Duplicates: ${formatRatio(ttl.duplicateShare, 0)} of the local caches’ entries duplicate a key in another cache. ${countOf(setup.servers, 'cache')} of ${countOf(localCapacity(setup, 'local-ttl'), 'key')} ${setup.servers === 1 ? 'has' : 'have'} a hit ratio of ${formatRatio(told.hitRatio, 1)}, one cache of ${countOf(setup.capacity, 'key')} has ${formatRatio(shared.hitRatio, 1)}.`,
      ...measuredAs(ttl.duplicateShare),
    },
    latency(setup, runs),
    {
      id: 'restart',
      text:
        told.beforeRestart === null || told.afterRestart === null
          ? `Restart: server-${RESTARTED + 1} had no reads ${told.afterRestart === null ? 'after' : 'before'} it.`
          : `Restart: the hit ratio of the restarted server, over 500 reads before and after, goes from ${formatRatio(told.beforeRestart, 0)} to ${formatRatio(told.afterRestart, 0)} with local caches, from ${formatRatio(shared.beforeRestart, 0)} to ${formatRatio(shared.afterRestart, 0)} with the distributed cache, from ${formatRatio(both.beforeRestart, 0)} to ${formatRatio(both.afterRestart, 0)} with two tiers.`,
      ...measuredAs(told.beforeRestart === null ? null : told.afterRestart),
    },
    {
      id: 'two-tiers',
      text: `Two tiers: ${formatRatio(both.localRatio, 0)} of the reads hit the local tier, ${formatRatio(setup.localShare, 0)} of the memory, in ${formatNumber(setup.localLatency, 'ms')}. The hit ratio of both tiers is ${formatRatio(both.hitRatio, 1)}; ${formatRatio(both.staleShare)} of the reads are stale.`,
      ...measuredAs(both.localRatio),
    },
  ]
}

const measuredAs = (measured: number | null) => (measured === null ? {} : { measured })

/** The shares of each design that has a formula. Intervals are taken over parts of the run. */
function theory(runs: readonly TiersRun[], expected: readonly Expected[]): Finding {
  const compared = runs
    .flatMap(
      ({ design, hitRatio, staleShare, batches }, i) =>
        [
          {
            name: `${design} (hit ratio)`,
            batches,
            of: 'hits',
            measured: hitRatio,
            expected: expected[i].hitRatio,
          },
          {
            name: `${design} (stale reads)`,
            batches,
            of: 'stale',
            measured: staleShare,
            expected: expected[i].staleShare,
          },
        ] as const,
    )
    .filter(({ expected }) => expected !== null)
  const confidence = jointConfidence(compared.length)
  const cases = compared.map(({ name, batches, of, measured, expected }) => {
    const shares = batches.map((batch) => batch[of] / batch.reads)
    const reads = batches.reduce((sum, batch) => sum + batch.reads, 0)
    return {
      name,
      ...verdict(measured!, expected!, shareInterval(shares, reads / batches.length, confidence)),
    }
  })
  const draft = comparisonFinding({
    subject: 'Theory (Che’s approximation; for local caches with expiry and invalidation)',
    things: 'measured shares',
    unit: 'ratio',
    isApproximate: true,
    cases,
  })
  const left = cases.some(({ kind }) => kind === 'differs')
    ? ' The formulas leave out the restart and messages on their way.'
    : ''
  return { id: 'theory', ...draft, text: `${draft.text}${left}` }
}

/** Mean latency beside the one expected from the hit ratios. */
function latency(setup: TiersSetup, runs: readonly TiersRun[]): Finding {
  const [, told, shared, both] = runs
  const hop = setup.hop + setup.jitter
  const expectedOf = (hits: number) => (1 - hits) * setup.database + hop
  const expected = expectedOf(shared.hitRatio!)
  const gaps = shared.batches.map(({ reads, hits, latency }) => latency / reads - expectedOf(hits / reads))
  const { low, high } = meanInterval(gaps)
  const judged = verdict(shared.meanLatency!, expected, { low: expected + low, high: expected + high })
  const fastest = [told, shared, both].reduce((a, b) => (b.meanLatency! < a.meanLatency! ? b : a))
  const isTie = told.meanLatency === shared.meanLatency && shared.meanLatency === both.meanLatency
  return {
    id: 'latency',
    text: `Latency: ${formatNumber(told.meanLatency, 'ms')} on average with local caches, ${formatNumber(shared.meanLatency, 'ms')} with the distributed one (a hop, and the database for ${formatRatio(1 - shared.hitRatio!, 0)}: ${formatNumber(expected, 'ms')} expected${judged.kind === 'differs' ? `, 95% interval of the difference ${low.toPrecision(2)} to ${high.toPrecision(2)} ms` : ''}), ${formatNumber(both.meanLatency, 'ms')} with two tiers. ${isTie ? 'All are equally fast here.' : `Fastest here: ${fastest.design}.`} See where that changes:`,
    command: 'cachelab tiers --sweep servers',
    measured: shared.meanLatency!,
    expected,
  }
}
