import type { FlawFound } from '../../cache-cluster/audit.js'
import { broken, type ClusterPromise, promisesOf } from '../../cache-cluster/promises.js'
import type { Progress } from '../../keys/index.js'
import { type Columns, type Findings, reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatCount, formatDuration, formatNumber, formatRatio } from '../../report/format.js'
import type { Cell, Report } from '../../report/index.js'
import { Samples } from '../../stats/samples.js'
import { percentile, ratio } from '../../stats/summary.js'
import { eventText, faultEvents, markOf } from '../nodes/fault-text.js'
import { type Courses, happenings, latencies, share } from '../nodes/happenings.js'
import {
  type EndedRequest,
  type History,
  type HistorySetup,
  type HistoryWatcher,
  runLongHistory,
} from './history.js'
import { parametersOf, positionsOf } from './setup.js'

/** Shortest interval of a row, in milliseconds. */
const SPAN = 500
const MAX_ROWS = 40

/** Results of the requests that began within one interval. */
class Span {
  reads = 0
  errors = 0
  hits = 0
  fallbacks = 0
  stale = 0
  gone = 0
  writes = 0
  writeErrors = 0
  repairs = 0
  readonly latencies = new Samples()

  count(outcome: EndedRequest): void {
    if (outcome.kind === 'write') {
      this.writes++
      if (!outcome.result.ok) this.writeErrors++
      return
    }
    const { ok, entry, hops } = outcome.result
    this.reads++
    this.latencies.push(outcome.ended - outcome.began)
    if (!ok) this.errors++
    if (entry) this.hits++
    if (ok && hops > 1) this.fallbacks++
    if (outcome.flaw === 'stale') this.stale++
    if (outcome.flaw === 'gone') this.gone++
  }
}

/** The requests that failed: how many, and when the first and the last of them began. */
interface Failures {
  count: number
  first: number
  last: number
}

/** A workload under faults, half a second a row. O(requests × replicas). */
export async function replicationTimeline(setup: HistorySetup, progress?: Progress): Promise<Report> {
  const { history, spans, failures, span } = await measure(setup, progress)
  const rows = spans.map((row, i) => rowOf(row, i * span, span, setup))
  return reportOf('replicate timeline', {
    title: `${formatDuration(setup.duration)} of requests under faults`,
    parameters: {
      ...parametersOf(setup),
      remember: setup.remember,
      detect: setup.patience,
      hints: setup.hints || null,
      duration: setup.duration,
      rate: setup.rate,
      readRatio: setup.readRatio,
      workload: setup.workload,
      ttl: setup.ttl === Infinity ? null : setup.ttl,
    },
    tables: {
      timeline: {
        title: `Requests that began within each ${formatDuration(span)}`,
        columns: { ...columns, events: setup.faults.length > 0 && 'events' },
        rows,
      },
      events: setup.faults.length > 0 && eventTable(setup),
    },
    figures: happenings(span, coursesOf(spans), faultEvents(setup.faults, setup.nodes)),
    findings: findings(setup, history, spans, failures),
  })
}

function coursesOf(spans: readonly Span[]): Courses[] {
  const copied = { name: 'copied', values: spans.map(({ repairs }) => repairs), isUsual: isNone }
  return [
    {
      title: 'Reads and writes over time',
      y: { label: 'share', unit: 'ratio' },
      courses: [
        share(
          'reads found',
          1,
          spans.map(({ hits, reads }) => ratio(hits, reads)),
        ),
        share(
          'reads failed',
          0,
          spans.map(({ errors, reads }) => ratio(errors, reads)),
        ),
        share(
          'reads from another owner',
          0,
          spans.map(({ fallbacks, reads }) => ratio(fallbacks, reads)),
        ),
        share(
          'reads stale',
          0,
          spans.map(({ stale, reads }) => ratio(stale, reads)),
        ),
        share(
          'writes failed',
          0,
          spans.map(({ writes, writeErrors }) => ratio(writeErrors, writes)),
        ),
      ],
    },
    {
      title: 'Keys copied over time',
      shownElsewhere: true,
      y: { label: 'keys', unit: 'count' },
      courses: [copied],
    },
    {
      title: 'Latency of reads over time',
      shownElsewhere: true,
      y: { label: 'latency', unit: 'ms' },
      courses: [
        latencies(
          'p99',
          spans.map((row) => percentile(row.latencies.all().sort(), 0.99)),
        ),
      ],
    },
  ]
}

const isNone = (count: number) => count === 0

async function measure(setup: HistorySetup, progress?: Progress) {
  const positions = await positionsOf(setup)
  const span = Math.max(SPAN, Math.ceil(setup.duration / MAX_ROWS / SPAN) * SPAN)
  const spans = Array.from({ length: Math.ceil(setup.duration / span) }, () => new Span())
  const failures: Failures = { count: 0, first: Infinity, last: -Infinity }
  const watcher: HistoryWatcher = {
    ended: (outcome) => {
      spans[Math.floor(outcome.began / span)].count(outcome)
      if (outcome.result.ok) return
      failures.count++
      failures.first = Math.min(failures.first, outcome.began)
      failures.last = Math.max(failures.last, outcome.began)
    },
    copied: (time, keys) => {
      const at = Math.floor(time / span)
      if (at < spans.length) spans[at].repairs += keys
    },
  }
  const history = await runLongHistory(setup, positions, watcher, progress)
  return { history, spans, failures, span }
}

function rowOf(row: Span, from: number, span: number, { faults }: HistorySetup): Record<string, Cell> {
  const sorted = row.latencies.all().sort()
  const events = faults.flatMap(({ at }, i) => (at >= from && at < from + span ? [markOf(i)] : []))
  return {
    from,
    reads: row.reads,
    errors: row.errors,
    fallbacks: row.fallbacks,
    stale: row.stale,
    gone: row.gone,
    hitRatio: ratio(row.hits, row.reads),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    writes: row.writes,
    writeErrors: row.writeErrors,
    repairs: row.repairs,
    events: events.join(' '),
  }
}

const columns: Columns = {
  from: ['from', 'ms'],
  reads: ['reads', 'count'],
  errors: ['errors', 'count'],
  fallbacks: ['fell back', 'count'],
  stale: ['stale', 'count'],
  gone: ['gone', 'count', 'detail'],
  hitRatio: ['hit ratio', 'ratio'],
  p50: ['p50', 'ms', 'detail'],
  p99: ['p99', 'ms'],
  writes: ['writes', 'count', 'detail'],
  writeErrors: ['failed', 'count'],
  repairs: ['keys copied', 'count'],
}

function eventTable({ faults, nodes }: HistorySetup): TableDraft {
  return {
    title: 'Events',
    columns: { mark: [''], at: ['at', 'ms'], event: 'what happened' },
    rows: faults.map((fault, i) => ({ mark: markOf(i), at: fault.at, event: eventText(fault, nodes) })),
  }
}

function findings(
  setup: HistorySetup,
  { audit, repaired }: History,
  spans: readonly Span[],
  failures: Failures,
): Findings {
  const sum = (of: (row: Span) => number) => spans.reduce((total, row) => total + of(row), 0)
  const reads = sum(({ reads: count }) => count)
  const writes = sum((row) => row.writes)
  const stale = sum(({ stale: count }) => count)
  const gone = sum((row) => row.gone)
  const errors = sum((row) => row.errors)
  const writeErrors = sum((row) => row.writeErrors)
  const trouble = failures.count > 0 ? failures.last - failures.first : 0
  const first = setup.faults[0]?.at
  const back = first === undefined ? undefined : repaired.find((time) => time > lastBreak(setup, first))
  return {
    service: {
      text:
        failures.count === 0
          ? `Service: no error in ${countOf(reads, 'read')} and ${countOf(writes, 'write')}.`
          : `Service: ${formatCount(errors)} of ${countOf(reads, 'read')} and ${formatCount(writeErrors)} of ${countOf(writes, 'write')} failed, all within ${formatNumber(trouble, 'ms')}, from ${formatNumber(failures.first, 'ms')} on.`,
      measured: trouble,
    },
    stale:
      reads === 0
        ? 'Stale reads: none was sent.'
        : {
            text: `Stale reads: ${formatCount(stale)} of ${formatCount(reads)} returned a version older than the last acknowledged one (${formatRatio(ratio(stale, reads))}).`,
            measured: stale,
          },
    gone: reads > 0 && {
      text: `Reads lost: ${formatCount(gone)} of ${formatCount(reads)} found no value for a key with an acknowledged version (${formatRatio(ratio(gone, reads))}).`,
      measured: gone,
    },
    replication: first !== undefined && {
      text:
        back === undefined
          ? 'Full replication is not restored before the end: too few nodes are left, or a node was silent.'
          : `Full replication is restored at ${formatNumber(back, 'ms')}, ${formatNumber(back - lastBreak(setup, first), 'ms')} after the last fault. A node must be silent for ${formatDuration(setup.patience)} before it is declared dead.`,
      ...(back !== undefined && { measured: back }),
    },
    ...Object.fromEntries(
      promisesOf(setup).map((promise) => [
        promise.id,
        brokenFinding(setup, promise, broken(promise, audit.flaws)),
      ]),
    ),
  }
}

/** A promise that a history breaks, by its flaws; undefined where it keeps it. */
export function brokenFinding(
  { mode }: HistorySetup,
  { text, isMeant }: ClusterPromise,
  flaws: readonly FlawFound[],
) {
  if (flaws.length === 0) return undefined
  const [{ key, time }] = flaws
  const more = flaws.length > 1 ? `, and ${formatCount(flaws.length - 1)} more` : ''
  const where = key < 0 ? '' : ` (key-${key} at ${formatNumber(time, 'ms')}${more})`
  return {
    text: isMeant
      ? `Broken, although ${mode} promises it: ${text}${where}`
      : `Broken; ${mode} doesn't promise it: ${text}${where}`,
    measured: flaws.length,
    ...(isMeant && { ok: false }),
  }
}

/** The time of the last fault. */
function lastBreak({ faults }: HistorySetup, first: number): number {
  return faults.reduce(
    (last, fault) => (fault.kind === 'restart' || fault.kind === 'heal' ? last : fault.at),
    first,
  )
}
