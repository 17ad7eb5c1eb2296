import type { Progress } from '../../keys/index.js'
import { slotOf } from '../../redis-deployment/cluster/routing.js'
import { Intervals } from '../nodes/intervals.js'
import { Lanes } from '../nodes/lanes.js'
import type { ClusterEvent } from './build.js'
import { type ClusterHistory, clusterHistory, WARM_UP } from './history.js'
import { busReading } from './messages.js'
import { type ClusterSetup, clusterNames, planOf } from './setup.js'

/** The result of a run, with times from the first request on. */
export interface FailoverRun {
  readonly setup: ClusterSetup
  readonly history: ClusterHistory
  readonly all: Intervals
  /** Requests to the slots of each master, by the initial owner. */
  readonly groups: readonly Intervals[]
  readonly events: readonly ClusterEvent[]
  readonly lanes: Lanes
}

/** The steps of a failover and the event that begins each. */
export const STEPS = [
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
  const lanes = new Lanes(busReading(clusterNames(setup)), WARM_UP, setup.faults)
  const history = await clusterHistory(
    setup,
    {
      done: (request) => {
        all.count(request)
        groups[owners[slotOf(request.key)]].count(request)
      },
      watch: lanes.watch,
    },
    progress,
  )
  const events = history.cluster.events
    .map((event) => ({ ...event, time: event.time - WARM_UP }))
    .filter(({ time }) => time < setup.duration)
  return { setup, history, all, groups, events, lanes }
}
