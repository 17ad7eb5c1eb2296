import { broken, promisesOf } from '../../cache-cluster/promises.js'
import type { Findings } from '../../report/build.js'
import { countOf, formatCount, formatDuration, formatNumber, formatRatio } from '../../report/format.js'
import { ratio } from '../../stats/summary.js'
import { brokenFinding } from './broken-promise.js'
import type { History, HistorySetup } from './history.js'
import type { Failures, Span } from './timeline-spans.js'

/** What clients and copies went through. */
export function timelineFindings(
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

/** The time of the last fault. */
function lastBreak({ faults }: HistorySetup, first: number): number {
  return faults.reduce(
    (last, fault) => (fault.kind === 'restart' || fault.kind === 'heal' ? last : fault.at),
    first,
  )
}
