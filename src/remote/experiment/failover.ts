import { runFailover } from '../../experiment/cluster/failover.js'
import { clusterDefaults } from '../../experiment/cluster/setup.js'
import { sentinelDefaults } from '../../experiment/sentinel/history.js'
import { outage, runSentinels } from '../../experiment/sentinel/timeline.js'
import type { Progress } from '../../keys/index.js'
import { reportOf } from '../../report/build.js'
import { formatFactor, formatNumber } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { Fault } from '../../simulation/faults.js'
import { mean } from '../../stats/summary.js'

export interface RemoteFailoverOptions {
  readonly kind: 'sentinel' | 'cluster'
  /** Sentinel's down-after, or the cluster's node timeout, in milliseconds, as the servers have it. */
  readonly timeout: number
  /** Simulated failovers. */
  readonly runs: number
}

/** Simulation and reality count as agreeing within this factor: one real failover against the mean of several. */
const FACTOR = 2
const DEATH = 1000
const KILL: Fault = { kind: 'kill', at: DEATH, node: 0 }
const WATCHED = { rate: 100, readRatio: 0, duration: 15_000, faults: [KILL] }

/** An outage that was measured, beside simulated ones with the same timeouts. O(runs × requests). */
export async function remoteFailover(
  { kind, timeout, runs }: RemoteFailoverOptions,
  measure: () => Promise<number>,
  progress?: Progress,
): Promise<Report> {
  const simulated: number[] = []
  for (let seed = 1; seed <= runs; seed++) {
    simulated.push(
      kind === 'sentinel' ? await sentinelOutage(timeout, seed) : await clusterOutage(timeout, seed),
    )
    progress?.(seed, runs + 1)
  }
  const real = await measure()
  const expected = mean(simulated)
  const factor = real / expected
  return reportOf('lab failover', {
    title: `A master dies: ${kind === 'sentinel' ? 'Sentinel' : 'Redis Cluster'}, simulated and real`,
    parameters: { kind, [kind === 'sentinel' ? 'downAfter' : 'nodeTimeout']: timeout, runs },
    tables: {
      failover: {
        title: 'Time without an acknowledged write',
        columns: { what: 'what', least: ['least', 'ms'], outage: ['mean', 'ms'], most: ['most', 'ms'] },
        rows: [
          {
            what: `simulated, ${runs} times`,
            least: Math.min(...simulated),
            outage: expected,
            most: Math.max(...simulated),
          },
          { what: 'real, once', least: null, outage: real, most: null },
        ],
      },
    },
    findings: {
      factor: {
        text: `Real: ${formatNumber(real, 'ms')}, ${formatFactor(factor)} the simulation’s mean of ${formatNumber(expected, 'ms')}. A factor of up to ${FACTOR} counts as agreement: one failover is one sample, and its phase relative to the timers is random.`,
        measured: real,
        expected,
        ok: factor <= FACTOR && factor >= 1 / FACTOR,
      },
    },
  })
}

async function sentinelOutage(downAfter: number, seed: number): Promise<number> {
  return outage(await runSentinels({ ...sentinelDefaults, ...WATCHED, downAfter, seed }))
}

async function clusterOutage(nodeTimeout: number, seed: number): Promise<number> {
  const { groups } = await runFailover({ ...clusterDefaults, ...WATCHED, nodeTimeout, seed })
  return groups[0].longestGap(DEATH).length
}
