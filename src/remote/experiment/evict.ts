import type { CacheClient } from '../../cache-cluster/client.js'
import { nodeIndices } from '../../experiment/eviction/distributed.js'
import { drawAll, type RequestsSetup, workloadOf } from '../../experiment/eviction/requests.js'
import { hashFunctions } from '../../hashing/index.js'
import { keyPositions, numberedKeys, type Progress } from '../../keys/index.js'
import type { PlacementName } from '../../placement/index.js'
import { createPlacement, keyHash } from '../../placement/index.js'
import { formatBytes, formatCount, formatRatio } from '../../report/format.js'
import type { Finding, Report } from '../../report/index.js'
import { promised } from '../../simulation/task.js'
import type { Clock } from '../../simulation/transport.js'
import type { WorkloadName } from '../../workload/index.js'
import { type RealNodes, WINDOW } from './parallel.js'
import { refusalFindings } from './refusals.js'
import { soleOwnerClient } from './sole-owners.js'

export interface RemoteEvictionOptions extends RequestsSetup {
  readonly workload: WorkloadName
  readonly placement: PlacementName
  /** The last of them joins when half of the requests are over. */
  readonly nodes: readonly string[]
  readonly servers: readonly string[]
  /** What each server holds by its own setting, in bytes; undefined where it sets no limit. */
  readonly limits: readonly (number | undefined)[]
  readonly seed: number
  readonly timeout: number
}

/** Requests and hits of one node in one half. */
interface Counted {
  requests: number
  hits: number
}

/**
 * Asks real nodes for the keys of a workload and stores what they miss; the last node joins half-way. Beside them
 * stands the same with caches that have room for all: what is missed beyond that was evicted. One request after the
 * other for each key, many keys at a time. O(requests).
 */
export async function remoteEviction(
  options: RemoteEvictionOptions,
  session: RealNodes,
  clock: Clock,
  progress?: Progress,
): Promise<Report> {
  const { nodes, servers, requests, warmup, seed } = options
  const workload = workloadOf(options.workload, options, seed)
  const all = drawAll(workload, warmup + requests)
  const joining = nodes.length - 1
  const placement = createPlacement(options.placement, nodes.slice(0, joining), {
    vnodes: 150,
    hash: hashFunctions.md5,
    seed: undefined,
    keys: workload.keyCount,
    loadFactor: 1.25,
  })
  const hash = keyHash(options.placement, hashFunctions.md5)
  const [positions] = await keyPositions(numberedKeys(workload.keyCount), [hash.hash])
  const before = await nodeIndices(placement, nodes, positions)
  placement.add(nodes[joining])
  const after = await nodeIndices(placement, nodes, positions)
  const middle = warmup + Math.floor(requests / 2)
  const halves = [
    {
      name: `${formatCount(joining)} ${joining === 1 ? 'node' : 'nodes'}`,
      from: 0,
      to: middle,
      owners: before,
    },
    { name: `${nodes[joining]} joined`, from: middle, to: all.length, owners: after },
  ]
  const endless = nodes.map(() => new Set<number>())
  const rows: { phase: string; node: string; server: string; real: Counted; room: Counted }[] = []
  for (const { name, from, to, owners } of halves) {
    const real = nodes.map((): Counted => ({ requests: 0, hits: 0 }))
    const room = nodes.map((): Counted => ({ requests: 0, hits: 0 }))
    for (let i = Math.max(from, warmup); i < to; i++) room[owners[all[i]]].requests++
    for (let i = from; i < to; i++) {
      const node = owners[all[i]]
      if (endless[node].has(all[i]) && i >= warmup) room[node].hits++
      endless[node].add(all[i])
    }
    const client = soleOwnerClient(owners, session, clock, options.timeout)
    await ask(client, all.subarray(from, to), (index, isHit) => {
      progress?.(from + index, all.length)
      if (from + index < warmup) return
      const counted = real[owners[all[from + index]]]
      counted.requests++
      if (isHit) counted.hits++
    })
    for (const [i, node] of nodes.entries())
      if (real[i].requests > 0)
        rows.push({ phase: name, node, server: servers[i], real: real[i], room: room[i] })
  }
  return {
    schema: 'cachelab/report@1',
    command: 'evict distributed',
    title: `${formatCount(requests)} requests to ${formatCount(nodes.length)} real nodes, the last of which joins`,
    parameters: {
      placement: options.placement,
      workload: options.workload,
      keys: options.keys,
      requests,
      warmup: warmup > 0 ? warmup : null,
      seed,
      joining: nodes[joining],
    },
    tables: [
      {
        name: 'nodes',
        title: 'Hits of the servers, beside caches with room for every key',
        columns: [
          { key: 'phase', label: 'phase' },
          { key: 'node', label: 'node' },
          { key: 'server', label: 'server' },
          { key: 'requests', label: 'requests', unit: 'count' },
          { key: 'hitRatio', label: 'hit ratio', unit: 'ratio' },
          { key: 'roomRatio', label: 'with room', unit: 'ratio' },
          { key: 'evicted', label: 'missed by eviction', unit: 'count' },
        ],
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
    ],
    findings: [...conclusions(options, rows), ...refusalFindings(session, nodes)],
  }
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

function conclusions(
  { nodes, limits }: RemoteEvictionOptions,
  rows: readonly { readonly real: Counted; readonly room: Counted }[],
): Finding[] {
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  const [hits, room, requests] = [
    sum(({ real }) => real.hits),
    sum((row) => row.room.hits),
    sum((row) => row.real.requests),
  ]
  const evicted = room - hits
  const bounded = limits.filter((limit) => limit !== undefined)
  return [
    {
      id: 'evicted',
      text:
        evicted === 0
          ? `Nothing was evicted: ${formatRatio(hits / requests)} of the requests hit, just as many as with room for every key.`
          : `Evicted or lost: ${formatCount(evicted)} requests missed a key that had been stored. ${formatRatio(hits / requests)} hit, ${formatRatio(room / requests)} would with room for every key.`,
      measured: hits / requests,
      expected: room / requests,
      ...(bounded.length === 0 ? { ok: evicted === 0 } : {}),
    },
    {
      id: 'limits',
      text: `By their own setting the servers hold ${nodes.map((node, i) => `${limits[i] === undefined ? 'as much as there is' : formatBytes(limits[i]!)} (${node})`).join(', ')}.`,
    },
  ]
}
