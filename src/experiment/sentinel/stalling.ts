import { createRandom } from '../../random/random.js'
import type { Fault } from '../../simulation/faults.js'
import type { SentinelSetup } from './history.js'
import { runSentinels } from './timeline.js'

/** Milliseconds of the run in which the master dies, and at the end of the other run without stalls. */
const DEATH = 15_000
export const CALM = 15_000

/** One run with one down-after: plain data, so that a worker can do it. */
export interface StallingRun {
  readonly setup: SentinelSetup
  /** Mean milliseconds between the stalls of a node, and mean length of a stall. */
  readonly stallEvery: number
  readonly stallFor: number
}

export interface StallingOutcome {
  readonly falseFailovers: number
  /** In milliseconds; null where no write came after the death. */
  readonly outage: number | null
  readonly lost: number
}

/** What nodes that stall cause, and in a run of its own how long the death of the master is felt. O(requests). */
export async function runStalling({ setup, stallEvery, stallFor }: StallingRun): Promise<StallingOutcome> {
  const stalling = setup.duration - CALM
  const random = createRandom(setup.seed, 'stalls')
  const faults: Fault[] = []
  const exponential = (average: number) => -Math.log(1 - random.next()) * average
  // Every node stalls at the same rate, as any of them may become master.
  for (let node = 0; node <= setup.replicas; node++) {
    for (let at = exponential(stallEvery); at < stalling; at += exponential(stallEvery)) {
      faults.push({ kind: 'stall', at, node, duration: exponential(stallFor) })
    }
  }
  const calm = { ...setup, faults }
  const run = await runSentinels(calm)
  const switches = run.history.events.filter(
    ({ name, time }) => name === '+failover-end' && time < setup.duration,
  )
  const killed = await runSentinels({
    ...setup,
    faults: [{ kind: 'kill', at: 2000, node: 0 }],
    duration: DEATH,
  })
  return {
    falseFailovers: switches.length,
    // Without a write there is no time between two.
    outage: killed.intervals.hasWrites(2000) ? killed.intervals.longestGap(2000).length : null,
    lost: run.history.lost,
  }
}
