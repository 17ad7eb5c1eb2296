import type { Columns } from '../../report/build.js'
import { formatCount } from '../../report/format.js'
import type { Cell, CurveFigure, Finding } from '../../report/index.js'
import type { Event } from '../../report/report.js'
import { percentile, ratio } from '../../stats/summary.js'
import { happenings, latencies, share } from './happenings.js'

/** A request that has ended. Times are milliseconds. */
export interface Done {
  readonly began: number
  readonly ended: number
  readonly kind: 'read' | 'write'
  /** The first word of the error, or what became of the connection; undefined where it was answered. */
  readonly error: string | undefined
  /** Of a read: whether it found what was written. */
  readonly isFound: boolean
  /** The key that was read or written. */
  readonly key: string
}

/** Milliseconds that a row covers, at least, and the rows of a table, at most. */
const LEAST = 500
const MAX_ROWS = 40

class Interval {
  reads = 0
  hits = 0
  writes = 0
  errors = 0
  writeErrors = 0
  readonly latencies: number[] = []
}

/** A time without an acknowledged write, in milliseconds. */
export interface Gap {
  readonly from: number
  readonly length: number
  /** It lasts until the end of the run, and may have lasted longer. */
  readonly isOpen: boolean
}

/** Two gaps between writes at random times together are at most this multiple of the mean one in 95 % (Erlang's law). */
const TWO_GAPS = 4.744

/**
 * Whether a gap is as long as an outage of `least` to `most` milliseconds makes it; undefined where the run ends too early
 * to tell. The last write before an outage and the first one after it come at random times, `rate` in a second.
 */
export function isExpected(gap: Gap, least: number, most: number, rate: number): boolean | undefined {
  if (gap.length > most + (TWO_GAPS * 1000) / rate) return false
  return gap.isOpen ? undefined : gap.length >= least
}

/** What clients saw, in equal intervals by when requests began. */
export class Intervals {
  readonly length: number
  readonly all: readonly Interval[]
  /** Errors by what they say. */
  readonly errors = new Map<string, number>()
  private readonly writesAt: number[] = []

  constructor(readonly duration: number) {
    this.length = Math.max(LEAST, Math.ceil(duration / MAX_ROWS / LEAST) * LEAST)
    this.all = Array.from({ length: Math.ceil(duration / this.length) }, () => new Interval())
  }

  count({ began, ended, kind, error, isFound }: Done): void {
    const interval = this.all[Math.floor(began / this.length)]
    interval.latencies.push(ended - began)
    if (error !== undefined) {
      interval.errors++
      this.errors.set(error, (this.errors.get(error) ?? 0) + 1)
    }
    if (kind === 'read') {
      interval.reads++
      if (isFound) interval.hits++
    } else {
      interval.writes++
      if (error === undefined) this.writesAt.push(ended)
      else interval.writeErrors++
    }
  }

  sum(of: (interval: Interval) => number): number {
    return this.all.reduce((total, interval) => total + of(interval), 0)
  }

  /** The longest time without an acknowledged write, from `after` on, and when it began. */
  longestGap(after: number): Gap {
    let longest: Gap = { from: after, length: 0, isOpen: false }
    let last = after
    for (const at of [...this.writesAt].sort((a, b) => a - b).concat(this.duration)) {
      if (at < after) continue
      if (at - last > longest.length)
        longest = { from: last, length: at - last, isOpen: at === this.duration }
      last = at
    }
    return longest
  }

  /** Whether clients wrote from `after` on: else there is no time without a write to measure. */
  hasWrites(after: number): boolean {
    return this.all.some(({ writes }, i) => writes > 0 && (i + 1) * this.length > after)
  }

  errorFinding(): Finding {
    const errors = [...this.errors].map(([what, count]) => `${formatCount(count)} × ${what}`).join(', ')
    return {
      id: 'errors',
      text: `Errors: ${errors === '' ? 'none' : errors}.`,
      measured: this.sum((interval) => interval.errors),
    }
  }

  /** A row each, with what `eventsIn` says of its time. */
  rows(eventsIn: (from: number, to: number) => string): Record<string, Cell>[] {
    return this.all.map((interval, i) => {
      const from = i * this.length
      const { reads, hits, writes, errors, writeErrors, latencies } = interval
      const sorted = Float64Array.from(latencies).sort()
      return {
        from,
        requests: reads + writes,
        errors,
        writes,
        writeErrors,
        hitRatio: ratio(hits, reads),
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        events: eventsIn(from, from + this.length),
      }
    })
  }

  /** What clients see where it isn't what they always see; `events` in milliseconds. */
  figures(events: readonly Event[]): CurveFigure[] {
    const values = (of: (interval: Interval) => number | null) => this.all.map(of)
    return happenings(
      this.length,
      [
        {
          title: 'What clients see',
          y: { label: 'share', unit: 'ratio' },
          courses: [
            share(
              'writes failed',
              0,
              values(({ writes, writeErrors }) => ratio(writeErrors, writes)),
            ),
            share(
              'reads that found it',
              1,
              values(({ hits, reads }) => ratio(hits, reads)),
            ),
          ],
        },
        {
          title: 'Latency',
          shownElsewhere: true,
          y: { label: 'latency', unit: 'ms' },
          courses: [
            latencies(
              'p99',
              values((interval) => percentile(Float64Array.from(interval.latencies).sort(), 0.99)),
            ),
          ],
        },
      ],
      events,
    )
  }
}

export const intervalColumns: Columns = {
  from: ['from', 'ms'],
  requests: ['requests', 'count'],
  errors: ['errors', 'count'],
  writes: ['writes', 'count', 'detail'],
  writeErrors: ['failed writes', 'count'],
  hitRatio: ['hit ratio', 'ratio'],
  p50: ['p50', 'ms', 'detail'],
  p99: ['p99', 'ms'],
  events: 'events',
}
