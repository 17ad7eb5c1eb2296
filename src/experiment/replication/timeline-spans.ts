import type { Progress } from '../../keys/index.js'
import { Samples } from '../../stats/samples.js'
import { type EndedRequest, type HistorySetup, type HistoryWatcher, runLongHistory } from './history.js'
import { positionsOf } from './setup.js'

/** Shortest interval of a row, in milliseconds. */
const SPAN = 500
const MAX_ROWS = 40

/** Results of the requests that began within one interval. */
export class Span {
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
export interface Failures {
  count: number
  first: number
  last: number
}

/** Runs a history and counts its requests in spans of time, `span` milliseconds each. */
export async function measureSpans(setup: HistorySetup, progress?: Progress) {
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
