import type { Progress } from '../../keys/index.js'
import { textOf } from '../../redis-deployment/cluster/node-event.js'
import { slotOf } from '../../redis-deployment/cluster/routing.js'
import { rangesOf } from '../../redis-deployment/cluster/view.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatCount, formatDuration, formatNumber, formatTime } from '../../report/format.js'
import type { Cell, Finding, Report, ReportParameters } from '../../report/index.js'
import { eventColumns, faultEvents, faultTable, marksIn, stepEvents } from '../nodes/fault-text.js'
import { type Gap, Intervals, intervalColumns, isExpected } from '../nodes/intervals.js'
import type { ClusterEvent } from './build.js'
import { type ClusterHistory, clusterHistory, WARM_UP } from './history.js'
import { type ClusterSetup, planOf } from './setup.js'

/** The result of a run, with times from the first request on. */
interface FailoverRun {
  readonly setup: ClusterSetup
  readonly history: ClusterHistory
  readonly all: Intervals
  /** Requests to the slots of each master, by the initial owner. */
  readonly groups: readonly Intervals[]
  readonly events: readonly ClusterEvent[]
}

/** The steps of a failover and the event that begins each. */
const STEPS = [
  ['PFAIL', 'a node finds that another doesn’t answer', 'suspected'],
  ['FAIL', 'a majority of masters agrees', 'failed'],
  ['delay', 'a replica waits before it asks for votes', 'election-delayed'],
  ['election', 'it asks the masters', 'election-started'],
  ['promotion', 'a majority has voted for it', 'election-won'],
] as const

export const stepOf = ({ kind }: ClusterEvent): number => STEPS.findIndex(([, , event]) => event === kind) + 1

export async function runFailover(setup: ClusterSetup, progress?: Progress): Promise<FailoverRun> {
  const all = new Intervals(setup.duration)
  const groups = Array.from({ length: setup.masters }, () => new Intervals(setup.duration))
  const owners = new Int16Array(16384)
  for (const { from, to, owner } of planOf(setup).slots) owners.fill(owner, from, to + 1)
  const history = await clusterHistory(
    setup,
    {
      done: (request) => {
        all.count(request)
        groups[owners[slotOf(request.key)]].count(request)
      },
    },
    progress,
  )
  const events = history.cluster.events
    .map((event) => ({ ...event, time: event.time - WARM_UP }))
    .filter(({ time }) => time < setup.duration)
  return { setup, history, all, groups, events }
}

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
        columns: eventColumns,
        rows: events.map((event) => ({
          step: stepOf(event) === 0 ? '' : String(stepOf(event)),
          at: Math.round(event.time),
          who: names[event.node],
          event: textOf(event, names),
        })),
      },
    },
    figures: all.figures([...faultEvents(setup.faults, names), ...stepEvents(events, stepOf, all.length)]),
    findings: findings(run),
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

function findings(run: FailoverRun): Finding[] {
  const { setup, history, all, events } = run
  const { faults } = setup
  const first = faults[0]?.at
  const killed =
    faults.length === 1 && faults[0].kind === 'kill' && faults[0].node < setup.masters
      ? faults[0].node
      : undefined
  return [
    ...STEPS.map(([name, what], i): Finding => {
      const event = events.find((one) => stepOf(one) === i + 1)
      return {
        id: `step-${name}`,
        text: event
          ? `Step ${i + 1}, ${what}: ${formatNumber(event.time, 'ms')}.`
          : `Step ${i + 1}, ${what}: not reached.`,
        ...(event ? { measured: event.time } : {}),
      }
    }),
    ...(killed === undefined ? [] : outageFindings(run, killed)),
    ...minorityFindings(run),
    history.cluster.ledger.count === 0
      ? { id: 'lost', text: 'Lost: nothing, as no write was acknowledged.' }
      : {
          id: 'lost',
          text: `Lost: ${formatCount(history.lost.length)} of ${countOf(history.cluster.ledger.count, 'acknowledged write')}.${history.lost.length > 0 ? ` Replication is asynchronous (--lag ${formatTime(setup.lag)}): writes that had not reached the replica when the master died or was cut off are lost when the replica is promoted.` : ''}`,
          measured: history.lost.length,
          ...(killed === undefined
            ? {}
            : { expected: (setup.rate * (1 - setup.readRatio) * setup.lag) / 1000 / setup.masters }),
        },
    all.errorFinding(),
    {
      id: 'messages',
      text: `Messages on the cluster bus: ${formatCount(Math.round((history.busMessages / setup.duration) * 1000))} a second, with ${countOf(history.cluster.nodes.length, 'node')} that ping one another.`,
      measured: (history.busMessages / setup.duration) * 1000,
    },
    ...(first === undefined ? [{ id: 'calm', text: 'No faults. Try --kill node-A@2s.' }] : []),
  ]
}

/**
 * Expected outage of the slots of a killed master: wait for the next ping (0–node-timeout/2) + node-timeout + gossip
 * to a majority (at most node-timeout) + 500 ms + random(0–500 ms), with checks every 100 ms in between.
 */
function outageFindings({ setup, groups, all }: FailoverRun, killed: number): Finding[] {
  const { nodeTimeout, fullCoverage, replicas } = setup
  if (replicas === 0)
    return [
      {
        id: 'outage',
        text: `${fullCoverage ? 'Every slot' : 'The slots of the dead master'} stays unserved: it has no replica.`,
      },
    ]
  const { at } = setup.faults[0]
  if (!groups[killed].hasWrites(at))
    return [{ id: 'outage', text: 'Outage: no write was sent to the slots of the dead master.' }]
  const gap = groups[killed].longestGap(at)
  const least = nodeTimeout + 500
  const most = nodeTimeout * 2 + 1300
  const others = groups
    .filter((group, i) => i !== killed && group.hasWrites(at))
    .map((group) => group.longestGap(at))
  const longest = others.reduce<Gap | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined)
  const rate = (setup.rate * (1 - setup.readRatio)) / setup.masters
  const ok = isExpected(gap, least, most, rate)
  const othersOk = longest && isExpected(longest, 0, fullCoverage ? most - nodeTimeout : 500, rate)
  const isDown = all.errors.has('CLUSTERDOWN')
  return [
    {
      id: 'outage',
      text: `Outage of its slots: ${formatNumber(gap.length, 'ms')}${gap.isOpen ? ' until the end of the run' : ''}. Expected: ${formatNumber(least, 'ms')} to ${formatNumber(most, 'ms')} = wait for the next ping + --node-timeout + gossip to a majority of masters + 500 ms + random(0–500 ms) until the replica asks for votes.`,
      measured: gap.length,
      expected: (least + most) / 2,
      ...(ok !== undefined && { ok }),
    },
    ...(longest
      ? [
          {
            id: 'others',
            text: isDown
              ? `The other slots stop too, for ${formatNumber(longest.length, 'ms')}: with --full-coverage a cluster that lacks one slot serves none, from FAIL until the replica is promoted. With --no-full-coverage they go on.`
              : `The other slots are still served: their longest time without a write is ${formatNumber(longest.length, 'ms')}.`,
            measured: longest.length,
            ...(othersOk !== undefined && { ok: othersOk }),
          },
        ]
      : []),
  ]
}

/** Masters that stopped because they couldn't reach a majority. */
function minorityFindings({ setup, events, history }: FailoverRun): Finding[] {
  const cut = setup.faults.find(({ kind }) => kind === 'partition')
  if (!cut) return []
  const won = events.filter(({ kind }) => kind === 'election-won')
  const stopped = events.find(
    (event) =>
      event.time > cut.at &&
      event.kind === 'state' &&
      !event.isOk &&
      !won.some(({ node }) => event.node === node),
  )
  const { names } = history.cluster
  return [
    {
      id: 'minority',
      text: stopped
        ? `${names[stopped.node]} stopped ${formatNumber(stopped.time - cut.at, 'ms')} after the network split. A master that reaches no majority serves for about --node-timeout more; what it acknowledges then is lost if its replica takes over on the other side.`
        : 'No node stopped: all reached a majority.',
      ...(stopped ? { measured: stopped.time - cut.at, expected: setup.nodeTimeout } : {}),
    },
  ]
}
