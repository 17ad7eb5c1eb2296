import type { Progress } from '../../keys/index.js'
import { SLOTS } from '../../placement/index.js'
import type { ClusterClient, Hop } from '../../redis-deployment/cluster/client.js'
import { rangesOf, type SlotRange } from '../../redis-deployment/cluster/view.js'
import { reportOf, type TableDraft } from '../../report/build.js'
import { countOf, formatCount, formatDuration, formatNumber, formatRatio } from '../../report/format.js'
import type { Cell, Finding, Report } from '../../report/index.js'
import type { StripFigure } from '../../report/report.js'
import { start } from '../../simulation/task.js'
import { Intervals, intervalColumns } from '../nodes/intervals.js'
import { alternatives, type Change, leastShare } from './alternatives.js'
import type { Cluster } from './build.js'
import { parametersOf } from './failover.js'
import { type ClusterHistory, clusterHistory, WARM_UP } from './history.js'
import { type Move, movesBetween, movesTo } from './moves.js'
import { type ClusterSetup, clusterNames, planOf } from './setup.js'
import { type Moved, moveSlots } from './tool.js'

export interface ReshardOptions {
  readonly setup: ClusterSetup
  readonly change: Change
  /** Keys that exist before the first request. */
  readonly keys: number
  /** Keys in one MIGRATE. */
  readonly pipeline: number
}

/** Milliseconds of requests before slots move and after. */
const LEAD = 1000

interface ReshardRun {
  readonly options: ReshardOptions
  readonly moves: readonly Move[]
  readonly moved: Moved
  /** From the first request on, in milliseconds. */
  readonly began: number
  readonly ended: number
  readonly intervals: Intervals
  readonly history: ClusterHistory
  /** MOVED, ASK and TRYAGAIN that clients got. */
  readonly redirections: Readonly<Record<'MOVED' | 'ASK' | 'TRYAGAIN', number>>
}

/** Moves slots while clients read and write. O(slots × masters + keys + requests). */
export async function clusterReshard(options: ReshardOptions, progress?: Progress): Promise<Report> {
  const run = await runReshard(options, progress)
  const { setup, change } = options
  const { intervals, history } = run
  return reportOf(`cluster ${change.kind}`, {
    title: titleOf(run),
    parameters: {
      ...parametersOf(setup),
      keys: options.keys,
      pipeline: options.pipeline > 1 ? options.pipeline : null,
    },
    tables: {
      nodes: nodesTable(run),
      placements: alternatives(options, run.moves, history.cluster.ledger),
      timeline: {
        title: `Requests that began within each ${formatDuration(intervals.length)}`,
        columns: intervalColumns,
        rows: intervals.rows((from, to) => moving(run, from, to)),
      },
    },
    figures: [
      slotsFigure(run),
      ...intervals.figures([
        { at: run.began, until: Math.min(run.ended, setup.duration), text: 'slots move' },
      ]),
    ],
    findings: findings(run, history),
  })
}

export async function runReshard(options: ReshardOptions, progress?: Progress): Promise<ReshardRun> {
  const { setup, change, keys, pipeline } = options
  const masters = mastersOf(setup)
  const moves: Move[] = []
  const moved: Moved = { slots: 0, keys: 0, problem: undefined }
  const redirections = { MOVED: 0, ASK: 0, TRYAGAIN: 0 }
  const intervals = new Intervals(setup.duration)
  const times = { began: LEAD, ended: Number.POSITIVE_INFINITY }
  const begin = (cluster: Cluster): void => {
    const { clock } = cluster.world
    for (const client of cluster.clients) countRedirections(client, redirections)
    moves.push(...planMoves(cluster.nodes[0].member.view.owners, setup, change))
    const nodes = cluster.nodes.map(({ member: { me } }) => me)
    const task = moveSlots(
      cluster.connections[setup.clients - 1],
      nodes,
      masters,
      moves,
      { pipeline, timeout: 60_000 },
      moved,
    )
    clock.after(LEAD, () =>
      start(task, () => {
        times.ended = clock.now - WARM_UP
      }),
    )
  }
  const history = await clusterHistory(
    setup,
    { keys, begin, done: (request) => intervals.count(request) },
    progress,
  )
  return { options, moves, moved, ...times, intervals, history, redirections }
}

/** Estimated length of the run in milliseconds: a second + the moves + some room. The first timeout stops the moves. */
export function estimatedTime({ setup, change, keys, pipeline }: ReshardOptions): number {
  if (setup.hop > setup.timeout) return 2 * LEAD + Math.ceil(setup.timeout / 1000) * 1000
  const slots = leastShare(change, setup) * SLOTS
  const hop = setup.hop + setup.jitter + 0.1
  const calls = slots * (mastersOf(setup).length + 3) + (2.5 * (keys * slots)) / SLOTS / pipeline
  return Math.ceil((2 * LEAD + calls * hop * 1.15) / 1000) * 1000
}

/** Numbers of all masters, including those without slots. */
export function mastersOf({ masters, replicas, empty }: ClusterSetup): number[] {
  const first = masters * (replicas + 1)
  return [
    ...Array.from({ length: masters }, (_, i) => i),
    ...Array.from({ length: empty }, (_, i) => first + i),
  ]
}

function planMoves(owners: ArrayLike<number>, setup: ClusterSetup, change: Change): Move[] {
  const all = mastersOf(setup)
  const old = all.slice(0, setup.masters)
  switch (change.kind) {
    case 'add-node':
      return movesTo(owners, old, all)
    case 'remove-node':
      return movesTo(
        owners,
        old,
        old.filter((node) => node !== change.node),
      )
    case 'reshard':
      return movesBetween(owners, change.from, change.to, change.slots)
  }
}

function countRedirections(
  client: ClusterClient,
  counts: Record<'MOVED' | 'ASK' | 'TRYAGAIN', number>,
): void {
  client.watch = ({ why }: Hop) => {
    if (why === 'MOVED' || why === 'ASK') counts[why]++
    else if (why === 'again') counts.TRYAGAIN++
  }
}

function titleOf({ options: { setup, change } }: ReshardRun): string {
  const names = clusterNames(setup)
  switch (change.kind) {
    case 'add-node':
      return `${names[mastersOf(setup)[setup.masters]]} joins ${countOf(setup.masters, 'master')} under load`
    case 'remove-node':
      return `${names[change.node]} gives its slots to the others under load`
    case 'reshard':
      return `${countOf(change.slots, 'slot')} from ${names[change.from]} to ${names[change.to]} under load`
  }
}

function moving({ began, ended }: ReshardRun, from: number, to: number): string {
  return from < ended && to > began ? 'slots move' : ''
}

function nodesTable({ options: { setup }, history }: ReshardRun): TableDraft {
  const { cluster } = history
  const masters = mastersOf(setup)
  const [{ member }] = cluster.nodes
  const ranges = planOf(setup).slots
  return {
    title: 'Slots and keys of each master, before and after',
    columns: {
      node: 'node',
      before: ['slots before', 'count'],
      given: ['gave', 'count'],
      taken: ['took', 'count'],
      slots: ['slots after', 'count'],
      keys: ['keys after', 'count'],
    },
    rows: masters.map((node): Record<string, Cell> => {
      const range = ranges[node]
      const before = range ? range.to - range.from + 1 : 0
      // Not all moves need be done by the end.
      const slots = member.view.counts[node]
      return {
        node: cluster.names[node],
        before,
        given: Math.max(0, before - slots),
        taken: Math.max(0, slots - before),
        slots,
        keys: cluster.nodes[node].server.databases[0].size,
      }
    }),
  }
}

/** Who has which slots before the first move and at the end. */
function slotsFigure({ options: { setup }, history }: ReshardRun): StripFigure {
  const masters = mastersOf(setup)
  const spans = (ranges: readonly SlotRange[]) =>
    ranges.map(({ from, to, owner }) => ({ from, to: to + 1, owner: masters.indexOf(owner) }))
  return {
    kind: 'strips',
    title: 'Slots of each master',
    shownElsewhere: true,
    x: { label: 'slots', unit: 'count' },
    owners: masters.map((node) => history.cluster.names[node]),
    rows: [
      { name: 'before', spans: spans(planOf(setup).slots) },
      { name: 'after', spans: spans(rangesOf(history.cluster.nodes[0].member.view.owners)) },
    ],
  }
}

function findings(run: ReshardRun, history: ClusterHistory): Finding[] {
  const { options, moves, moved, intervals, redirections, began, ended } = run
  const { setup, change } = options
  const least = Math.round(leastShare(change, setup) * SLOTS)
  const isDone = moved.problem === undefined && Number.isFinite(ended)
  return [
    {
      id: 'slots',
      text: `${countOf(moves.length, 'slot')} ${isDone ? 'moved' : 'had to move'}, one after the other. The minimum is ${formatCount(least)}, ${formatRatio(least / SLOTS)} of all slots.`,
      measured: moves.length,
      expected: least,
    },
    isDone
      ? {
          id: 'time',
          text: `The moves took ${formatNumber(ended - began, 'ms')}: ${countOf(moved.keys, 'key')}, ${formatCount(options.pipeline)} in a MIGRATE. Each slot takes two messages before its keys and ${formatCount(mastersOf(setup).length)} after.`,
          measured: ended - began,
        }
      : {
          id: 'time',
          text: moved.problem
            ? `It stopped after ${countOf(moved.slots, 'slot')}: ${moved.problem}`
            : `After ${formatDuration(setup.duration)} ${formatCount(moved.slots)} of ${countOf(moves.length, 'slot')} had moved. Use a longer --duration, or a larger --pipeline.`,
          measured: moved.slots,
          expected: moves.length,
          ok: false,
        },
    {
      id: 'redirections',
      text: `Clients followed ${formatCount(redirections.ASK)} ASK (the slot is moving and this key has moved already) and ${formatCount(redirections.MOVED)} MOVED (the slot has a new owner), and retried ${redirections.TRYAGAIN === 0 ? 'nothing' : countOf(redirections.TRYAGAIN, 'time')}. ASK is rare: a slot took ${isDone && moves.length > 0 ? `${((ended - began) / moves.length).toFixed(1)} ms` : 'a moment'}, and only the keys of that one slot are asked for elsewhere.`,
      measured: redirections.ASK + redirections.MOVED,
    },
    {
      id: 'errors',
      text: `${intervals.errorFinding().text} ${intervals.sum(({ errors }) => errors) === 0 ? 'A program only notices an extra hop now and then.' : ''}`.trim(),
      measured: intervals.sum(({ errors }) => errors),
      expected: 0,
      ok: intervals.sum(({ errors }) => errors) === 0,
    },
    {
      id: 'lost',
      text: `Lost: ${formatCount(history.lost.length)} of ${countOf(history.cluster.ledger.count, 'acknowledged write')} and keys.`,
      measured: history.lost.length,
      expected: 0,
      ok: history.lost.length === 0,
    },
  ]
}
