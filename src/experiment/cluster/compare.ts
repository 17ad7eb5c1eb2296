import { type Progress, ProgressSteps } from '../../keys/index.js'
import { createRandom } from '../../random/random.js'
import { RedisError } from '../../redis/reply.js'
import { ask } from '../../redis/script.js'
import { Server } from '../../redis/server.js'
import type { Argv } from '../../redis-deployment/messages/protocol.js'
import { type Findings, reportOf } from '../../report/build.js'
import {
  countOf,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatRatio,
  formatTime,
} from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { play, slices } from '../../simulation/play.js'
import { start } from '../../simulation/task.js'
import { mean } from '../../stats/summary.js'
import { type SentinelSetup, sentinelDefaults } from '../sentinel/history.js'
import { outage, runSentinels } from '../sentinel/timeline.js'
import { buildCluster, runOne } from './build.js'
import { runFailover } from './failover-run.js'
import { WARM_UP } from './history.js'
import { type ClusterSetup, clusterDefaults, nodeCount } from './setup.js'

export interface CompareOptions {
  readonly masters: number
  readonly replicas: number
  /** Bytes of a node's memory. */
  readonly memory: number
  /** Service time of a command in milliseconds, for the throughput. */
  readonly service: number
  /** Runs of each failover. */
  readonly runs: number
  readonly downAfter: number
  readonly nodeTimeout: number
  readonly seed: number
}

/** When a master dies, and the length of a failover run, in milliseconds. */
const DEATH = 1000
const WATCHED = 9000
const RATE = 200
/** Length of the throughput run in milliseconds, and its rate as a multiple of what all masters can serve. */
const FLOOD = 1000
const EXCESS = 1.5
const PAIRS = 200
const QUIET = { rate: 0.001, duration: 10_000, readRatio: 1 }

/** Measurements of one deployment. */
interface Side {
  readonly capacity: number
  readonly throughput: number
  readonly bound: number
  readonly untagged: number
  readonly tagged: number
  /** null where no replica takes over. */
  readonly outage: number | null
  readonly lost: number
  readonly processes: number
  readonly messages: number
}

/** The lesson's table 3.3, each cell measured: a master with sentinels beside a cluster with as many replicas. */
export async function compareTopologies(options: CompareOptions, progress?: Progress): Promise<Report> {
  const steps = new ProgressSteps(options.runs * 2 + 4, progress)
  const sentinel = await measureSentinel(options, steps)
  const cluster = await measureCluster(options, steps)
  const pairs = [
    ['purpose', 'high availability', 'availability and scale'],
    ['sharding', 'none: one master', `16,384 slots over ${countOf(options.masters, 'master')}`],
    ['capacity', formatBytes(sentinel.capacity), formatBytes(cluster.capacity)],
    [
      'writes a second',
      formatNumber(sentinel.throughput, 'count'),
      formatNumber(cluster.throughput, 'count'),
    ],
    ['two keys in one command', formatRatio(sentinel.untagged, 0), formatRatio(cluster.untagged, 0)],
    ['the same with hash tags', formatRatio(sentinel.tagged, 0), formatRatio(cluster.tagged, 0)],
    ['outage when a master dies', formatNumber(sentinel.outage, 'ms'), outageText(cluster)],
    ['keys it takes along', '100%', `${formatRatio(1 / options.masters, 0)}, then all`],
    ['acknowledged writes lost', sentinel.lost.toFixed(1), cluster.lost.toFixed(1)],
    ['processes', formatCount(sentinel.processes), formatCount(cluster.processes)],
    [
      'messages a second, idle',
      formatNumber(sentinel.messages, 'count'),
      formatNumber(cluster.messages, 'count'),
    ],
    ['who finds the master', 'ask a sentinel', 'slots, MOVED and ASK'],
    ['suitable for', 'small to medium', 'large'],
  ]
  return reportOf('cluster compare', {
    title: 'Sentinel and Cluster, cell by cell',
    parameters: {
      masters: options.masters,
      replicas: options.replicas,
      memory: formatBytes(options.memory),
      service: formatTime(options.service),
      downAfter: formatTime(options.downAfter),
      nodeTimeout: formatTime(options.nodeTimeout),
      runs: options.runs,
      seed: options.seed,
    },
    tables: {
      cells: {
        title: 'The lesson’s table 3.3, measured',
        columns: { item: 'item', sentinel: 'Sentinel', cluster: 'Cluster' },
        rows: pairs.map(([item, one, other]) => ({ item, sentinel: one, cluster: other })),
      },
    },
    findings: findings(options, sentinel, cluster),
  })
}

async function measureSentinel(options: CompareOptions, steps: ProgressSteps): Promise<Side> {
  const { replicas, downAfter, seed, service } = options
  const setup: SentinelSetup = { ...sentinelDefaults, replicas: Math.max(1, replicas), downAfter }
  const outages: number[] = []
  const lost: number[] = []
  for (let run = 0; run < options.runs; run++) {
    const failed = await runSentinels(
      {
        ...setup,
        rate: RATE,
        duration: WATCHED,
        seed: seed + run,
        faults: [{ kind: 'kill', at: DEATH, node: 0 }],
      },
      steps.within,
    )
    outages.push(outage(failed))
    lost.push(failed.history.lost)
    steps.next()
  }
  // The bound is one master's: replicas take no writes.
  const idle = await runSentinels({ ...setup, ...QUIET, seed })
  steps.next()
  const { throughput } = await flood({ ...clusterDefaults, replicas, service, seed, masters: 1 })
  steps.next()
  return {
    capacity: options.memory,
    throughput,
    bound: 1000 / service,
    untagged: multiKeyOnOne(seed, false),
    tagged: multiKeyOnOne(seed, true),
    outage: mean(outages),
    lost: mean(lost),
    processes: 1 + setup.replicas + setup.sentinels,
    messages: (idle.history.messages / QUIET.duration) * 1000,
  }
}

async function measureCluster(options: CompareOptions, steps: ProgressSteps): Promise<Side> {
  const { masters, replicas, nodeTimeout, seed, service } = options
  const setup: ClusterSetup = { ...clusterDefaults, masters, replicas, nodeTimeout }
  const outages: number[] = []
  const lost: number[] = []
  for (let run = 0; run < options.runs; run++) {
    const { groups, history } = await runFailover(
      {
        ...setup,
        rate: RATE,
        duration: WATCHED + 3 * nodeTimeout,
        seed: seed + run,
        faults: [{ kind: 'kill', at: DEATH, node: 0 }],
      },
      steps.within,
    )
    outages.push(groups[0].longestGap(DEATH).length)
    lost.push(history.lost.length)
    steps.next()
  }
  const idle = await runFailover({ ...setup, ...QUIET, seed })
  steps.next()
  const { throughput, untagged, tagged } = await flood({ ...setup, service, seed })
  steps.next()
  return {
    throughput,
    untagged,
    tagged,
    capacity: options.memory * masters,
    bound: (1000 / service) * masters,
    outage: replicas === 0 ? null : mean(outages),
    lost: mean(lost),
    processes: nodeCount(setup),
    messages: (idle.history.busMessages / QUIET.duration) * 1000,
  }
}

/** Writes faster than the masters can serve, and then commands with two keys. */
async function flood(
  setup: ClusterSetup,
): Promise<{ readonly throughput: number; readonly untagged: number; readonly tagged: number }> {
  const cluster = buildCluster({ ...setup, timeout: 600_000 })
  const { clock } = cluster.world
  await play(slices(clock, WARM_UP))
  const [client] = cluster.clients
  const random = createRandom(setup.seed, 'flood')
  const rate = (EXCESS * setup.masters) / setup.service
  let served = 0
  const end = WARM_UP + FLOOD
  const arrive = (): void => {
    start(runOne(client, ['SET', `key-${random.below(1_000_000)}`, 'x']), (result) => {
      if ('reply' in result && clock.now <= end) served++
    })
    const next = clock.now - Math.log(1 - random.next()) / rate
    if (next < end) clock.at(next, arrive)
  }
  arrive()
  await play(slices(clock, end + FLOOD * EXCESS))
  const share = async (isTagged: boolean) => {
    let working = 0
    for (const words of pairsOf(setup.seed, isTagged))
      start(runOne(client, words), (result) => {
        if ('reply' in result) working++
      })
    await play(slices(clock, clock.now + FLOOD))
    return working / PAIRS
  }
  return { throughput: (served / FLOOD) * 1000, untagged: await share(false), tagged: await share(true) }
}

const outageText = ({ outage }: Side) =>
  outage === null ? 'no replica to end it' : formatNumber(outage, 'ms')

function pairsOf(seed: number, isTagged: boolean): Argv[] {
  const random = createRandom(seed, 'pairs')
  return Array.from({ length: PAIRS }, () => {
    const user = random.below(1_000_000)
    const other = isTagged ? user : random.below(1_000_000)
    return ['SINTER', `{user:${user}}:following`, `{user:${other}}:followers`]
  })
}

function multiKeyOnOne(seed: number, isTagged: boolean): number {
  const client = new Server().connect()
  const replies = pairsOf(seed, isTagged).map((words) => ask(client, words))
  return replies.filter((reply) => !(reply instanceof RedisError)).length / PAIRS
}

function findings(options: CompareOptions, sentinel: Side, cluster: Side): Findings {
  return {
    throughput: {
      text: `Writes: ${formatCount(Math.round(cluster.throughput))} a second with ${countOf(options.masters, 'master')}, ${(cluster.throughput / sentinel.throughput).toFixed(2)} times one master’s. The model: a node serves one command at a time, ${formatDuration(options.service)} each, so the bound is ${formatCount(Math.round(cluster.bound))} a second. Unequal load of the slots explains the difference.`,
      measured: cluster.throughput,
      expected: cluster.bound,
    },
    'multi-key': {
      text: `SINTER of two users’ sets works in ${formatRatio(cluster.untagged, 0)} of the cases on a cluster, as two keys rarely share one of 16,384 slots. With the same hash tag it always works. One tag for all users would put all keys on one node.`,
      measured: cluster.untagged,
      expected: 1 / 16384,
    },
    outage:
      cluster.outage === null || sentinel.outage === null
        ? `Outage: ${formatNumber(sentinel.outage, 'ms')} with Sentinel. Without replicas nobody takes over the slots of a cluster’s dead master.`
        : {
            text: `Outage, means of ${options.runs}: ${formatNumber(sentinel.outage, 'ms')} with Sentinel, ${formatNumber(cluster.outage, 'ms')} with Cluster. The detection timeout dominates: --down-after ${formatTime(options.downAfter)} there, --node-timeout ${formatTime(options.nodeTimeout)} here. ${cluster.outage > sentinel.outage ? 'A cluster also waits half a second to a second before a replica asks for votes, so that the one with most data asks first.' : ''}`.trim(),
            measured: cluster.outage,
          },
    complexity: `Complexity: ${countOf(sentinel.processes, 'process', 'processes')} against ${formatCount(cluster.processes)}, and cluster clients must handle slots, MOVED and ASK. Slots must be moved when a node joins or leaves.`,
    choose: {
      text: 'Which of the two for your service:',
      command: 'cachelab cluster choose --data 1TB --memory 64GB',
    },
  }
}
