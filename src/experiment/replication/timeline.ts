import type { Progress } from '../../keys/index.js'
import { type Columns, reportOf, type TableDraft } from '../../report/build.js'
import { formatDuration } from '../../report/format.js'
import type { Cell, Report } from '../../report/index.js'
import { percentile, ratio } from '../../stats/summary.js'
import { eventText, faultEvents, markOf } from '../nodes/fault-text.js'
import { type Courses, happenings, latencies, share } from '../nodes/happenings.js'
import type { HistorySetup } from './history.js'
import { parametersOf } from './setup.js'
import { timelineFindings } from './timeline-findings.js'
import { measureSpans, type Span } from './timeline-spans.js'

/** A workload under faults, half a second a row. O(requests × replicas). */
export async function replicationTimeline(setup: HistorySetup, progress?: Progress): Promise<Report> {
  const { history, spans, failures, span } = await measureSpans(setup, progress)
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
    findings: timelineFindings(setup, history, spans, failures),
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
