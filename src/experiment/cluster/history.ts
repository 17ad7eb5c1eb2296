import type { Progress } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import { inOrder } from '../../simulation/faults.js'
import type { Done } from '../nodes/intervals.js'
import { sendRequests } from '../nodes/load.js'
import {
  buildCluster,
  type Cluster,
  type ClusterParts,
  isSettled,
  lostWrites,
  preload,
  runOne,
} from './build.js'
import type { ClusterSetup } from './setup.js'

/** What came of a cluster under load. */
export interface ClusterHistory {
  readonly cluster: Cluster
  /** Acknowledged writes that are lost. */
  readonly lost: readonly number[]
  /** What nodes told one another as a cluster, until the end of the requests. */
  readonly busMessages: number
}

export interface ClusterRun {
  /** Keys that are there before the first request. */
  readonly keys?: number
  readonly parts?: ClusterParts
  /** Is called when requests begin: something else that goes on. Times are then from `WARM_UP` on. */
  begin?(cluster: Cluster): void
  /** Is called when all has settled, before what is lost is counted. */
  end?(cluster: Cluster): void
  done(request: Done): void
}

/** Virtual time between turns of the event loop. */
const STEP = 200
/** Connections are made, and everybody has asked everybody: what breaks at 0 breaks something that runs. */
export const WARM_UP = 3000
/** Time enough after the end for an election, and for an old master to be put right; looks at whether all is done. */
const SETTLING = 30_000
const LOOK = 500

/** Lets clients write and read while things break or move; then all heals, and what is lost is counted. */
export async function clusterHistory(
  setup: ClusterSetup,
  run: ClusterRun,
  progress?: Progress,
): Promise<ClusterHistory> {
  const steps = historySteps(setup, run)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    progress?.(step.value, setup.duration)
    await breathe()
  }
}

/** The same at once, for many short ones. */
export function clusterHistoryNow(setup: ClusterSetup, run: ClusterRun): ClusterHistory {
  const steps = historySteps(setup, run)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** Lets time pass until two looks at the cluster find nothing left to be done, or nobody to do it. */
function settle(cluster: Cluster): void {
  const { clock } = cluster.world
  const until = clock.now + SETTLING
  for (let quiet = 0; quiet < 2 && clock.now < until; ) {
    clock.run(clock.now + LOOK)
    quiet = isSettled(cluster) ? quiet + 1 : 0
  }
}

/** Gives how far it is, in milliseconds. */
function* historySteps(setup: ClusterSetup, run: ClusterRun): Generator<number, ClusterHistory> {
  const cluster = buildCluster(setup, run.parts)
  const { world } = cluster
  const { clock } = world
  preload(cluster, run.keys ?? 0)
  clock.run(WARM_UP)
  cluster.events.length = 0
  let busMessages = 0
  world.network.watch = ({ content }) => {
    if ('kind' in content && content.kind === 'bus') busMessages++
  }
  for (const fault of inOrder(setup.faults)) clock.at(WARM_UP + fault.at, () => world.apply(fault))
  sendRequests({
    ...setup,
    clock,
    start: WARM_UP,
    ledger: cluster.ledger,
    run: (client, words) => runOne(cluster.clients[client], words),
    done: (request) => run.done(request),
  })
  run.begin?.(cluster)
  for (let time = 0; time < setup.duration; time += STEP) {
    clock.run(WARM_UP + Math.min(setup.duration, time + STEP))
    yield time
  }
  world.network.watch = undefined
  world.apply({ kind: 'heal', at: clock.now })
  settle(cluster)
  run.end?.(cluster)
  return { cluster, lost: lostWrites(cluster), busMessages }
}
