import type { Progress } from '../../keys/index.js'
import type { SentinelEvent } from '../../redis-deployment/sentinel/protocol.js'
import { reportOf } from '../../report/build.js'
import { countOf, formatCount, formatDuration, formatNumber, formatTime } from '../../report/format.js'
import type { Finding, Report, ReportParameters } from '../../report/index.js'
import { eventColumns, faultEvents, faultTable, marksIn, stepEvents } from '../nodes/fault-text.js'
import { type Done, Intervals, intervalColumns, isExpected } from '../nodes/intervals.js'
import { Lanes } from '../nodes/lanes.js'
import { actorNames, type SentinelHistory, type SentinelSetup, sentinelHistory, WARM_UP } from './history.js'
import { sentinelReading } from './messages.js'

/** The lesson's five steps of a failover, and the events that belong to each. */
const STEPS = [
  ['the master is found to be down', '+sdown', '+odown'],
  ['one sentinel is elected', '+new-epoch', '+try-failover', '+vote-for-leader', '+elected-leader'],
  [
    'it promotes a replica',
    ...['+failover-state-select-slave', '+selected-slave', '+failover-state-send-slaveof-noone'],
    ...['+failover-state-wait-promotion', '+promoted-slave'],
  ],
  [
    'the other replicas follow',
    ...['+failover-state-reconf-slaves', '+slave-reconf-sent', '+slave-reconf-inprog', '+slave-reconf-done'],
  ],
  ['clients are told', '+config-update-from', '+switch-master'],
] as const

/** The number of the lesson's step that an event belongs to, from 1. */
function stepOf({ name, subject }: SentinelEvent): number | null {
  if (name.endsWith('sdown') && !subject.startsWith('master')) return null
  const step = STEPS.findIndex(([, ...events]) => (events as readonly string[]).includes(name))
  return step < 0 ? null : step + 1
}

const noteOf = (event: SentinelEvent): string =>
  [stepOf(event), event.name, event.subject].filter(Boolean).join(' ')

export interface SentinelRun {
  readonly setup: SentinelSetup
  readonly history: SentinelHistory
  readonly intervals: Intervals
  readonly lanes: Lanes
}

/** Runs a setup and counts what clients saw. O(requests). */
export async function runSentinels(setup: SentinelSetup, progress?: Progress): Promise<SentinelRun> {
  const intervals = new Intervals(setup.duration)
  const lanes = new Lanes(sentinelReading(actorNames(setup)), WARM_UP, setup.faults)
  const done = (request: Done) => intervals.count(request)
  const history = await sentinelHistory(setup, { done, watch: lanes.watch }, progress)
  return { setup, history, intervals, lanes }
}

/** The longest time without an acknowledged write after the first fault, in milliseconds. */
export function outage({ setup, intervals }: SentinelRun): number {
  return outageGap({ setup, intervals }).length
}

const outageGap = ({ setup, intervals }: Pick<SentinelRun, 'setup' | 'intervals'>) =>
  intervals.longestGap(setup.faults[0]?.at ?? 0)

/** Completed failovers, each counted once: by the sentinel that led it. */
export function failovers({ history }: SentinelRun): number {
  return history.events.filter(({ name }) => name === '+failover-end').length
}

/** A failover event by event, and what clients see of it. */
export async function sentinelTimeline(setup: SentinelSetup, progress?: Progress): Promise<Report> {
  const run = await runSentinels(setup, progress)
  return timelineReport(
    run,
    'sentinel run',
    `${formatDuration(setup.duration)} of a master, its replicas and sentinels`,
  )
}

export function timelineReport(run: SentinelRun, command: string, title: string): Report {
  const { setup, history, intervals } = run
  const { names } = history
  const events = eventsOf(run)
  return reportOf(command, {
    title,
    parameters: parametersOf(setup),
    tables: {
      timeline: {
        title: `Requests that began within each ${formatDuration(intervals.length)}`,
        columns: intervalColumns,
        rows: intervals.rows((from, to) => marks(setup, events, from, to)),
      },
      faults: faultTable(setup.faults, names),
      events: {
        title: 'Events of the sentinels, with the lesson’s steps 1 to 5',
        shownElsewhere: true,
        columns: { ...eventColumns, subject: 'about' },
        rows: events.map((event) => ({
          at: Math.round(event.time),
          who: names[event.sentinel],
          event: event.name,
          subject: event.subject,
          step: String(stepOf(event) ?? ''),
        })),
      },
    },
    figures: [
      ...intervals.figures([
        ...faultEvents(setup.faults, names),
        ...stepEvents(events, stepOf, intervals.length),
      ]),
      run.lanes.figure(
        'What the sentinels find, and tell one another, with the lesson’s steps 1 to 5',
        names,
        events
          .filter(({ name }) => name !== '+slave')
          .map((event) => ({ time: event.time, actor: event.sentinel, text: noteOf(event) })),
      ),
    ],
    findings: findings(run),
  })
}

function parametersOf(setup: SentinelSetup): ReportParameters {
  return {
    replicas: setup.replicas,
    sentinels: setup.sentinels,
    quorum: setup.quorum,
    downAfter: formatTime(setup.downAfter),
    failoverTimeout: formatTime(setup.failoverTimeout),
    minReplicasToWrite: setup.minReplicasToWrite > 0 ? setup.minReplicasToWrite : null,
    clients: setup.clients > 1 ? setup.clients : null,
    rate: setup.rate,
    readRatio: setup.readRatio,
    hop: formatTime(setup.hop),
    lag: formatTime(setup.lag),
    seed: setup.seed,
  }
}

/** What happens before the end; what is under way then ends later. */
const eventsOf = ({ setup, history }: SentinelRun) =>
  history.events.filter(({ time }) => time < setup.duration)

/** Letters of the faults and numbers of the steps between two times. */
function marks(
  { faults }: SentinelSetup,
  events: readonly SentinelEvent[],
  from: number,
  to: number,
): string {
  const steps = events.flatMap((event) => {
    const step = event.time >= from && event.time < to ? stepOf(event) : null
    return step === null ? [] : [String(step)]
  })
  return [...marksIn(faults, from, to), ...[...new Set(steps)].sort()].join(' ')
}

function findings(run: SentinelRun): Finding[] {
  const { setup, history, intervals } = run
  const { ledger, lost, messages } = history
  const first = setup.faults[0]?.at
  const isKilled = setup.faults.length === 1 && setup.faults[0].kind === 'kill' && setup.faults[0].node === 0
  return [
    ...STEPS.map(([what], i): Finding => {
      const event = eventsOf(run).find((one) => stepOf(one) === i + 1)
      return {
        id: `step-${i + 1}`,
        text: event
          ? `Step ${i + 1}, ${what}: begins at ${formatNumber(event.time, 'ms')}.`
          : `Step ${i + 1}, ${what}: not reached.`,
        ...(event ? { measured: event.time } : {}),
      }
    }),
    ...(first === undefined ? [] : [outageFinding(run, isKilled)]),
    ledger.count === 0
      ? { id: 'lost', text: 'Lost: nothing, as no write was acknowledged.' }
      : {
          id: 'lost',
          text: `Lost: ${formatCount(lost)} of ${countOf(ledger.count, 'acknowledged write')}. ${lostReason(run, isKilled)}`,
          measured: lost,
          ...(isKilled ? { expected: (setup.rate * (1 - setup.readRatio) * setup.lag) / 1000 } : {}),
        },
    intervals.errorFinding(),
    {
      id: 'messages',
      text: `Messages: ${formatCount(Math.round((messages / setup.duration) * 1000))} a second between all nodes, sentinels and clients.`,
      measured: (messages / setup.duration) * 1000,
    },
  ]
}

/**
 * Expected outage of a kill: down-after + about ten ticks of the sentinels' timers (50 to 100 ms each: detection,
 * agreement, four steps of the promotion) + the wait for the next INFO (0–1,000 ms), which confirms the promotion.
 */
function outageFinding({ setup, intervals }: SentinelRun, isKilled: boolean): Finding {
  const gap = outageGap({ setup, intervals })
  if (!intervals.hasWrites(setup.faults[0].at)) return { id: 'outage', text: 'Outage: no write was sent.' }
  const least = setup.downAfter + 200
  const most = setup.downAfter + 1000 + 700
  const ok = isExpected(gap, least, most, setup.rate * (1 - setup.readRatio))
  return {
    id: 'outage',
    text:
      gap.isOpen && gap.from === setup.faults[0]?.at
        ? 'Outage: no write is acknowledged after the first fault.'
        : `Outage: ${formatNumber(gap.length, 'ms')} without an acknowledged write.${isKilled ? ` Expected: ${formatNumber(least, 'ms')} to ${formatNumber(most, 'ms')} = --down-after + about ten ticks of the sentinels’ timers + the wait for the next INFO (0–1,000 ms).` : ''}`,
    measured: gap.length,
    ...(isKilled ? { expected: setup.downAfter + 1200, ...(ok !== undefined && { ok }) } : {}),
  }
}

function lostReason(run: SentinelRun, isKilled: boolean): string {
  const { setup, history } = run
  if (history.lost === 0) return 'The master has all of them at the end.'
  if (failovers(run) === 0)
    return 'The master acknowledged them and is down, and no replica has received them.'
  if (isKilled)
    return `Replication is asynchronous: writes that the master acknowledged in its last ${formatDuration(setup.lag)} (--lag) had not reached a replica.`
  return 'The old master acknowledged them, but the promoted replica never received them. The old master discards them when it becomes a replica of the new one.'
}
