import type { Progress } from '../../keys/index.js'
import { shortTextOf, textOf } from '../../redis-deployment/cluster/node-event.js'
import { rangesOf } from '../../redis-deployment/cluster/view.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatDuration, formatTime } from '../../report/format.js'
import type { Cell, Report, ReportParameters } from '../../report/index.js'
import { eventColumns, faultEvents, faultTable, marksIn, stepEvents } from '../nodes/fault-text.js'
import { type Intervals, intervalColumns } from '../nodes/intervals.js'
import type { ClusterEvent } from './build.js'
import { failoverFindings } from './failover-findings.js'
import { type FailoverRun, runFailover, stepOf } from './failover-run.js'
import { type ClusterSetup, planOf } from './setup.js'

/** The failover of a cluster, event by event. O(requests). */
export async function clusterFailover(setup: ClusterSetup, progress?: Progress): Promise<Report> {
  const run = await runFailover(setup, progress)
  const { history, all, events } = run
  const { names } = history.cluster
  return reportOf('cluster failover', {
    title: `${formatDuration(setup.duration)} of a cluster of ${countOf(history.cluster.nodes.length, 'node')}`,
    parameters: parametersOf(setup),
    tables: {
      timeline: {
        title: `Requests that began within each ${formatDuration(all.length)}`,
        columns: intervalColumns,
        rows: all.rows((from, to) => marks(run, from, to)),
      },
      faults: faultTable(setup.faults, names),
      slots: {
        title: 'What clients saw, by the initial owner of the slots',
        columns: {
          node: 'slots of',
          slots: 'range',
          requests: ['requests', 'count'],
          errors: ['errors', 'count'],
          gap: ['no writes for', 'ms'],
          now: 'owner at the end',
        },
        rows: run.groups.map((group, node) => groupRow(run, group, node)),
      },
      events: {
        title: 'Events of the nodes, with the steps 1 to 5 of a failover',
        shownElsewhere: true,
        columns: eventColumns,
        rows: events.map((event) => ({
          step: stepOf(event) === 0 ? '' : String(stepOf(event)),
          at: Math.round(event.time),
          who: names[event.node],
          event: textOf(event, names),
        })),
      },
    },
    figures: [
      ...all.figures([...faultEvents(setup.faults, names), ...stepEvents(events, stepOf, all.length)]),
      run.lanes.figure(
        'What the nodes find, and tell one another, with the steps 1 to 5 of a failover',
        names,
        // The message that somebody has failed is drawn: that it was received says nothing more.
        events
          .filter(({ kind }) => kind !== 'fail-received')
          .map((event) => ({ time: event.time, actor: event.node, text: noteOf(event, names) })),
      ),
    ],
    findings: failoverFindings(run),
  })
}

export function parametersOf(setup: ClusterSetup): ReportParameters {
  return {
    masters: setup.masters,
    replicas: setup.replicas,
    nodeTimeout: formatTime(setup.nodeTimeout),
    fullCoverage: setup.fullCoverage,
    clients: setup.clients > 1 ? setup.clients : null,
    rate: setup.rate,
    readRatio: setup.readRatio,
    hop: formatTime(setup.hop),
    lag: formatTime(setup.lag),
    seed: setup.seed,
  }
}

function marks({ setup, events }: FailoverRun, from: number, to: number): string {
  const steps = events.flatMap((event) =>
    event.time >= from && event.time < to && stepOf(event) > 0 ? [String(stepOf(event))] : [],
  )
  return [...marksIn(setup.faults, from, to), ...[...new Set(steps)].sort()].join(' ')
}

function groupRow({ setup, history }: FailoverRun, group: Intervals, node: number): Record<string, Cell> {
  const { from, to } = planOf(setup).slots[node]
  const { cluster } = history
  const alive = cluster.nodes.find(({ state, member }) => state === 'up' && member.health.isOk)
  const owners = alive ? rangesOf(alive.member.view.owners.subarray(from, to + 1)) : []
  return {
    node: cluster.names[node],
    slots: `${from}–${to}`,
    requests: group.sum(({ reads, writes }) => reads + writes),
    errors: group.sum(({ errors }) => errors),
    gap: group.longestGap(setup.faults[0]?.at ?? 0).length,
    now: alive ? [...new Set(owners.map(({ owner }) => cluster.names[owner]))].join(', ') : 'nobody serves',
  }
}

function noteOf(event: ClusterEvent, names: readonly string[]): string {
  const step = stepOf(event)
  return `${step > 0 ? `${step} ` : ''}${shortTextOf(event, names)}`
}
