import type { CacheClient } from '../../cache-cluster/client.js'
import { drawAll, type RequestsSetup, workloadOf } from '../../experiment/eviction/requests.js'
import type { Progress } from '../../keys/index.js'
import type { PlacementName } from '../../placement/index.js'
import { type Columns, type Findings, reportOf } from '../../report/build.js'
import { countOf, formatBytes, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { promised } from '../../simulation/task.js'
import type { WorkloadName } from '../../workload/index.js'
import type { ClusterSession } from '../cluster-session.js'
import type { RealOptions } from '../connect/servers.js'
import { clusterPhases, joiningPhases } from './evict-phases.js'
import { type RealNodes, WINDOW } from './parallel.js'
import { refusalFindings } from './refusals.js'
import { soleOwnerClient } from './sole-owners.js'

export interface RemoteEvictionOptions extends RequestsSetup, RealOptions {
  readonly workload: WorkloadName
  readonly placement: PlacementName
  /** The last one joins half-way, unless they are a cluster. */
  readonly nodes: readonly string[]
  /** The memory limit of each server in bytes; undefined where it sets none. */
  readonly limits: readonly (number | undefined)[]
  readonly seed: number
  /** Where the nodes are the masters of a cluster: its slots place keys, and none joins. */
  readonly cluster: ClusterSession | undefined
}

/** Requests and hits of one node in one half. */
interface Counted {
  requests: number
  hits: number
}

/** What a node answered in one half, and what it would have answered with room for every key. */
interface Row {
  readonly phase: string
  readonly node: string
  readonly server: string
  readonly real: Counted
  readonly room: Counted
}

/**
 * Asks real nodes for the keys of a workload and stores what they miss; the last node joins half-way, unless they are a cluster. Caches with room
 * for all keys are simulated on the same requests: a hit there that the server missed was evicted. Requests for the
 * same key wait for one another; different keys are asked for at the same time. O(requests).
 */
export async function remoteEviction(
  options: RemoteEvictionOptions,
  session: RealNodes,
  progress?: Progress,
) {
  return report(options, session, await measure(options, session, progress))
}

async function measure(options: RemoteEvictionOptions, session: RealNodes, progress?: Progress) {
  const { nodes, servers, requests, warmup, seed, cluster } = options
  const workload = workloadOf(options.workload, options, seed)
  const all = drawAll(workload, warmup + requests)
  const phases = cluster
    ? await clusterPhases(cluster, all.length, workload.keyCount)
    : await joiningPhases(options, warmup + Math.floor(requests / 2), all.length, workload.keyCount)
  const endless = nodes.map(() => new Set<number>())
  const rows: Row[] = []
  for (const { phase, from, to, owners } of phases) {
    const real = nodes.map((): Counted => ({ requests: 0, hits: 0 }))
    const room = nodes.map((): Counted => ({ requests: 0, hits: 0 }))
    for (let i = Math.max(from, warmup); i < to; i++) room[owners[all[i]]].requests++
    for (let i = from; i < to; i++) {
      const node = owners[all[i]]
      if (endless[node].has(all[i]) && i >= warmup) room[node].hits++
      endless[node].add(all[i])
    }
    const client = soleOwnerClient(owners, session, options.timeout)
    await ask(client, all.subarray(from, to), (index, isHit) => {
      progress?.(from + index, all.length)
      if (from + index < warmup) return
      const counted = real[owners[all[from + index]]]
      counted.requests++
      if (isHit) counted.hits++
    })
    for (const [i, node] of nodes.entries())
      if (real[i].requests > 0) rows.push({ phase, node, server: servers[i], real: real[i], room: room[i] })
  }
  return rows
}

function report(options: RemoteEvictionOptions, session: RealNodes, rows: readonly Row[]): Report {
  const { nodes, requests, warmup, seed, cluster } = options
  return reportOf('evict distributed', {
    title: cluster
      ? `${countOf(requests, 'request')} to a real cluster with ${countOf(nodes.length, 'master')}`
      : `${countOf(requests, 'request')} to ${formatCount(nodes.length)} real nodes, the last of which joins`,
    parameters: {
      placement: cluster ? 'slots' : options.placement,
      workload: options.workload,
      keys: options.keys,
      requests,
      warmup: warmup > 0 ? warmup : null,
      seed,
      joining: cluster ? null : nodes[nodes.length - 1],
    },
    tables: {
      nodes: {
        title: 'Hits of the servers, beside caches with room for every key',
        columns,
        rows: rows.map(({ phase, node, server, real, room }) => ({
          phase,
          node,
          server,
          requests: real.requests,
          hitRatio: real.hits / real.requests,
          roomRatio: room.hits / room.requests,
          evicted: room.hits - real.hits,
        })),
      },
    },
    findings: { ...conclusions(options, rows), ...refusalFindings(session, nodes) },
  })
}

/** Asks for keys in their order, and stores those that are missed; requests for the same key wait for one another. */
async function ask(
  client: CacheClient,
  keys: Uint32Array,
  answered: (index: number, isHit: boolean) => void,
): Promise<void> {
  for (let from = 0; from < keys.length; from += WINDOW) {
    const last = new Map<number, Promise<void>>()
    const window = Array.from(keys.subarray(from, from + WINDOW), (key, i) => {
      const turn = (last.get(key) ?? Promise.resolve()).then(async () => {
        const { entry } = await promised(client.get(key))
        if (!entry) await promised(client.set(key))
        answered(from + i, entry !== undefined)
      })
      last.set(key, turn)
      return turn
    })
    await Promise.all(window)
  }
}

function conclusions({ nodes, limits }: RemoteEvictionOptions, rows: readonly Row[]): Findings {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const hits = sum(({ real }) => real.hits)
  const room = sum((row) => row.room.hits)
  const requests = sum(({ real }) => real.requests)
  const evicted = room - hits
  const limitOf = (limit: number | undefined) => (limit === undefined ? 'none' : formatBytes(limit))
  return {
    evicted: {
      text:
        evicted === 0
          ? `Nothing was evicted: ${formatRatio(hits / requests)} of the requests hit, as many as with room for every key.`
          : `Evicted or lost: ${countOf(evicted, 'request')} missed a key that had been stored. ${formatRatio(hits / requests)} of the requests hit; with room for every key it would be ${formatRatio(room / requests)}.`,
      measured: hits / requests,
      expected: room / requests,
      ...(limits.every((limit) => limit === undefined) && { ok: evicted === 0 }),
    },
    limits: `Memory limits of the servers: ${nodes.map((node, i) => `${limitOf(limits[i])} (${node})`).join(', ')}.`,
  }
}

const columns: Columns = {
  phase: 'phase',
  node: 'node',
  server: 'server',
  requests: ['requests', 'count'],
  hitRatio: ['hit ratio', 'ratio'],
  roomRatio: ['with room', 'ratio'],
  evicted: ['missed by eviction', 'count'],
}
