import type { Progress } from '../../keys/index.js'
import { inOrder } from '../../simulation/faults.js'
import { play, playAtOnce, type Steps, slices } from '../../simulation/play.js'
import type { Done } from '../nodes/intervals.js'
import type { NodeMessage } from '../nodes/lanes.js'
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

/** The result of a cluster under load. */
export interface ClusterHistory {
  readonly cluster: Cluster
  readonly lost: readonly number[]
  /** Messages on the cluster bus until the requests end. */
  readonly busMessages: number
}

export interface ClusterRun {
  /** Keys that exist before the first request. */
  readonly keys?: number
  readonly parts?: ClusterParts
  /** Called when requests begin, at time `WARM_UP`. */
  begin?(cluster: Cluster): void
  /** Called when the cluster has settled, before lost writes are counted. */
  end?(cluster: Cluster): void
  done(request: Done): void
  watch?(message: NodeMessage): void
}

/** Time before the requests in which all actors connect and discover one another. */
export const WARM_UP = 3000
/** Longest time after the requests until the cluster settles, and the time between two checks of that. */
const SETTLING = 30_000
const LOOK = 500

/** Clients read and write during faults and moves. Then everything heals, and lost writes are counted. */
export function clusterHistory(
  setup: ClusterSetup,
  run: ClusterRun,
  progress?: Progress,
): Promise<ClusterHistory> {
  return play(historySteps(setup, run), (time) => progress?.(time, WARM_UP + setup.duration))
}

/** The same without turns of the event loop, for many short runs. */
export function clusterHistoryNow(setup: ClusterSetup, run: ClusterRun): ClusterHistory {
  return playAtOnce(historySteps(setup, run))
}

/** Runs the clock until two checks in a row find the cluster settled or no node up. */
function* settle(cluster: Cluster): Steps<void> {
  const { clock } = cluster.world
  const until = clock.now + SETTLING
  for (let quiet = 0; quiet < 2 && clock.now < until; ) {
    yield* slices(clock, clock.now + LOOK)
    quiet = isSettled(cluster) ? quiet + 1 : 0
  }
}

function* historySteps(setup: ClusterSetup, run: ClusterRun): Steps<ClusterHistory> {
  const cluster = buildCluster(setup, run.parts)
  const { world } = cluster
  const { clock } = world
  preload(cluster, run.keys ?? 0)
  yield* slices(clock, WARM_UP)
  cluster.events.length = 0
  let busMessages = 0
  world.network.watch = (message) => {
    if ('kind' in message.content && message.content.kind === 'bus') busMessages++
    run.watch?.(message)
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
  yield* slices(clock, WARM_UP + setup.duration)
  world.network.watch = undefined
  world.apply({ kind: 'heal', at: clock.now })
  yield* settle(cluster)
  run.end?.(cluster)
  return { cluster, lost: lostWrites(cluster), busMessages }
}
