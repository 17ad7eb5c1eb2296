import { SLOTS } from '../../placement/index.js'
import { RedisError } from '../../redis/reply.js'
import { ClusterClient, NoAnswer, type Sent } from '../../redis-deployment/cluster/client.js'
import { ClusterNode, type ClusterPlan } from '../../redis-deployment/cluster/cluster-node.js'
import type { Election } from '../../redis-deployment/cluster/election.js'
import type { NodeEvent } from '../../redis-deployment/cluster/node-event.js'
import { slotOf } from '../../redis-deployment/cluster/routing.js'
import { SimulatedConnections } from '../../redis-deployment/cluster/simulated.js'
import { NOBODY } from '../../redis-deployment/cluster/view.js'
import type { Argv, Result } from '../../redis-deployment/messages/protocol.js'
import { hasKey, Ledger } from '../../redis-deployment/nodes/ledger.js'
import { World } from '../../redis-deployment/nodes/world.js'
import type { Task } from '../../simulation/task.js'
import { type ClusterSetup, clusterNames, planOf } from './setup.js'

/** An event that a node reported. The time is in milliseconds. */
export type ClusterEvent = NodeEvent & { readonly time: number; readonly node: number }

/** Classes that a test replaces by faulty ones. */
export interface ClusterParts {
  readonly NodeType?: typeof ClusterNode
  readonly ElectionType?: typeof Election
  readonly ClientType?: typeof ClusterClient
}

/** A running cluster and its clients. */
export interface Cluster {
  readonly world: World
  readonly plan: ClusterPlan
  readonly nodes: readonly ClusterNode[]
  readonly clients: readonly ClusterClient[]
  readonly connections: readonly SimulatedConnections[]
  readonly names: readonly string[]
  readonly events: ClusterEvent[]
  readonly ledger: Ledger
}

/** Redirections (MOVED, ASK) that a client follows for one command, as redis-py-cluster and ioredis do. */
const REDIRECTIONS = 16

/** Makes the nodes and clients of a setup. Clients report errors instead of retrying. */
export function buildCluster(setup: ClusterSetup, parts: ClusterParts = {}, retries = 0): Cluster {
  const NodeType = parts.NodeType ?? ClusterNode
  const world = new World(setup.seed, setup)
  const plan = planOf(setup)
  const names = clusterNames(setup)
  const events: ClusterEvent[] = []
  const nodes = plan.addresses.map(() => {
    const { surroundings } = world
    const report = (event: NodeEvent) =>
      events.push({ ...event, time: world.clock.now, node: surroundings.id })
    const node = new NodeType(surroundings, setup, plan, report, parts.ElectionType)
    return world.add(node, node)
  })
  const connections = Array.from({ length: setup.clients }, () =>
    world.add(new SimulatedConnections(world.surroundings, plan.addresses, setup.timeout)),
  )
  const ClientType = parts.ClientType ?? ClusterClient
  const clients = connections.map(
    (own) => new ClientType(own, { seeds: plan.addresses, redirections: REDIRECTIONS, retries, pause: 100 }),
  )
  return { world, plan, nodes, clients, connections, names, events, ledger: new Ledger(setup.tags) }
}

/** Runs one command of a client and returns what a program would see. */
export function* runOne(client: ClusterClient, words: Argv): Task<Result> {
  const sent: Sent = yield* client.run(words)
  if (sent instanceof NoAnswer) return { error: sent.why }
  const [reply] = sent
  return reply instanceof RedisError ? { error: reply.text.split(' ')[0] } : { reply }
}

/** Writes keys directly to the owners of their slots and to their replicas. O(keys × nodes). */
export function preload({ nodes, ledger }: Cluster, keys: number): void {
  for (let i = 0; i < keys; i++) {
    const write = ledger.begin()
    const key = ledger.keyOf(write)
    const owner = nodes[0].member.view.owners[slotOf(key)]
    for (const node of nodes)
      if (node.id === owner || node.master === owner) node.server.databases[0].put(key, String(write))
    ledger.acknowledge(write)
  }
  for (const node of nodes) node.forgetChanges()
}

/**
 * Acknowledged writes that are lost: the owner of the slot according to most living nodes doesn't have the key. If the
 * owner is down, no living node has it.
 */
export function lostWrites(cluster: Cluster): number[] {
  const alive = cluster.nodes.filter(({ state }) => state === 'up')
  const owners = settledOwners(cluster)
  return cluster.ledger.missing((key) => {
    const owner = cluster.nodes[owners[slotOf(key)]]
    return (owner?.state === 'up' ? [owner] : alive).some((node) => hasKey(node, key))
  })
}

/** The owner of each slot: the one with the highest epoch in the views of the living masters. O(slots × nodes). */
export function settledOwners({ nodes }: Cluster): Int16Array {
  const views = nodes
    .filter(({ state, member }) => state === 'up' && member.isMaster)
    .map(({ member: { view } }) => view)
  const owners = views[0]?.owners.slice() ?? new Int16Array(SLOTS).fill(NOBODY)
  if (views.every((view) => view.isLike(views[0]))) return owners
  for (let slot = 0; slot < SLOTS; slot++) {
    let highest = -1
    for (const view of views) {
      const owner = view.owners[slot]
      if (owner === NOBODY || view.peers[owner].configEpoch <= highest) continue
      highest = view.peers[owner].configEpoch
      owners[slot] = owner
    }
  }
  return owners
}

/**
 * Whether the cluster has settled: living nodes agree on the slots and on which nodes are dead, no dead master has a
 * replica that could be promoted, and replicas are up to date. O(slots × nodes).
 */
export function isSettled({ nodes }: Cluster): boolean {
  const alive = nodes.filter(({ state }) => state === 'up')
  const [first] = alive
  return alive.every(({ member: { view }, log, master, link }) => {
    const knows = view.peers.every(
      ({ id, isSuspect, isFailed }) => !isSuspect && isFailed === (nodes[id].state !== 'up'),
    )
    if (!knows || !view.isLike(first.member.view)) return false
    return (
      master === undefined ||
      (nodes[master].state === 'up' && link.isUp && log.offset === nodes[master].log.offset)
    )
  })
}
