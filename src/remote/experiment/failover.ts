import { runFailover } from '../../experiment/cluster/failover-run.js'
import { clusterDefaults } from '../../experiment/cluster/setup.js'
import { expectedByLaw } from '../../experiment/comparison.js'
import { sentinelDefaults } from '../../experiment/sentinel/history.js'
import { outage, runSentinels } from '../../experiment/sentinel/timeline.js'
import type { Progress } from '../../keys/index.js'
import { reportOf } from '../../report/build.js'
import { formatFactor, formatNumber } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import type { Fault } from '../../simulation/faults.js'
import { mean, predictionInterval } from '../../stats/summary.js'
import { verdictByLaw } from '../../stats/verdict.js'

export interface RemoteFailoverOptions {
  readonly kind: 'sentinel' | 'cluster'
  /** Sentinel's down-after, or the cluster's node timeout, in milliseconds, as the servers have it. */
  readonly timeout: number
  /** Simulated failovers. */
  readonly runs: number
}

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
  const judged = verdictByLaw(real, expected, predictionInterval(simulated))
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
        text: `Real: ${formatNumber(real, 'ms')}, ${formatFactor(real / expected)} the simulation’s mean. ${
          runs < 2
            ? 'One simulated failover is too few to judge that.'
            : `${judged.kind === 'agrees' ? 'Simulation and reality agree' : 'Simulation and reality differ'}: ${expectedByLaw(judged, 'ms', 'simulated failovers')}.`
        } One failover is one sample: its phase relative to the timers is random.`,
        measured: real,
        expected,
        ...(runs >= 2 && { ok: judged.kind === 'agrees' }),
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
