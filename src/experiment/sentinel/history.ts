import type { Progress } from '../../keys/index.js'
import { Ledger } from '../../redis-deployment/nodes/ledger.js'
import { RedisNode } from '../../redis-deployment/nodes/redis-node.js'
import { World } from '../../redis-deployment/nodes/world.js'
import { SentinelClient } from '../../redis-deployment/sentinel/client.js'
import type { SentinelEvent } from '../../redis-deployment/sentinel/protocol.js'
import { Sentinel } from '../../redis-deployment/sentinel/sentinel.js'
import { inOrder } from '../../simulation/faults.js'
import { play, slices } from '../../simulation/play.js'
import type { Done } from '../nodes/intervals.js'
import type { NodeMessage } from '../nodes/lanes.js'
import { sendRequests } from '../nodes/load.js'
import { type NodesSetup, nodesDefaults } from '../nodes/setup.js'

/** A master, its replicas, the sentinels that watch them and clients. Times are milliseconds. */
export interface SentinelSetup extends NodesSetup {
  readonly replicas: number
  readonly sentinels: number
  readonly quorum: number
  readonly downAfter: number
  readonly failoverTimeout: number
  /** replica-priority of each replica; 100 where not given. */
  readonly priorities: readonly number[]
}

export const sentinelDefaults = {
  ...nodesDefaults,
  replicas: 2,
  sentinels: 3,
  quorum: 2,
  downAfter: 1000,
  failoverTimeout: 10_000,
  priorities: [],
} as const satisfies SentinelSetup

/** The actors' names in their order: master, replica-1 …, sentinel-1 …, client-1 … */
export function actorNames({
  replicas,
  sentinels,
  clients,
}: Pick<SentinelSetup, 'replicas' | 'sentinels' | 'clients'>): string[] {
  const some = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}-${i + 1}`)
  return ['master', ...some('replica', replicas), ...some('sentinel', sentinels), ...some('client', clients)]
}

/** The class of the sentinels: a test can pass a faulty one. */
export type SentinelClass = typeof Sentinel

export interface SentinelHistory {
  readonly world: World
  readonly nodes: readonly RedisNode[]
  readonly sentinels: readonly Sentinel[]
  readonly names: readonly string[]
  readonly events: readonly SentinelEvent[]
  readonly ledger: Ledger
  /** Acknowledged writes that are lost: see `sentinelHistory`. */
  lost: number
  /** Messages between all actors until the requests end. */
  messages: number
}

/** Is told what happens, with the clock's times: requests begin at `WARM_UP`. */
export interface Observer {
  done(request: Done): void
  watch?(message: NodeMessage): void
}

/** Time after the requests for a failover to end and for an old master to become a replica. */
const SETTLING = 40_000
/** Time before the requests in which all actors connect and discover one another. */
export const WARM_UP = 5000

/**
 * Clients read and write while faults happen. Then the network heals. An acknowledged write is lost if the master that
 * most sentinels name doesn't have it. If that master is down, a write is lost if no living node has it.
 */
export async function sentinelHistory(
  setup: SentinelSetup,
  observer: Observer,
  progress?: Progress,
  SentinelType: SentinelClass = Sentinel,
): Promise<SentinelHistory> {
  const history = build(setup, SentinelType)
  const { world } = history
  world.network.watch = observer.watch
  const whole = WARM_UP + setup.duration + SETTLING
  const passed = (time: number) => progress?.(time, whole)
  await play(slices(world.clock, WARM_UP), passed)
  for (const fault of inOrder(setup.faults)) world.clock.at(WARM_UP + fault.at, () => world.apply(fault))
  sendRequests({
    ...setup,
    clock: world.clock,
    start: WARM_UP,
    ledger: history.ledger,
    run: (client, words) => history.clients[client].run(words),
    done: observer.done,
  })
  const before = world.network.messages
  await play(slices(world.clock, WARM_UP + setup.duration), passed)
  history.messages = world.network.messages - before
  world.network.watch = undefined
  world.apply({ kind: 'heal', at: world.clock.now })
  await play(slices(world.clock, world.clock.now + SETTLING), passed)
  history.lost = history.ledger.missingFrom(survivors(history)).length
  return history
}

function build(
  setup: SentinelSetup,
  SentinelType: SentinelClass,
): SentinelHistory & { clients: SentinelClient[] } {
  const world = new World(setup.seed, setup)
  const names = actorNames(setup)
  const events: SentinelEvent[] = []
  const options = { ...setup, priorities: [100, ...setup.priorities] }
  const nodes = Array.from({ length: setup.replicas + 1 }, (_, i) => {
    const node = new RedisNode(world.surroundings, options, i === 0 ? undefined : 0)
    return world.add(node, node)
  })
  const first = nodes.length
  const watched = {
    master: 0,
    replicas: nodes.slice(1).map(({ id }) => id),
    sentinels: Array.from({ length: setup.sentinels }, (_, i) => first + i),
  }
  const sentinels = watched.sentinels.map(() => {
    const sentinel = new SentinelType(
      world.surroundings,
      setup,
      watched,
      (event) => {
        if (event.time >= WARM_UP) events.push({ ...event, time: event.time - WARM_UP })
      },
      (actor) => names[actor],
    )
    return world.add(sentinel, sentinel)
  })
  const clients = Array.from({ length: setup.clients }, (_, i) => {
    // Clients start with different sentinels.
    const order = watched.sentinels.map((_, j) => watched.sentinels[(i + j) % setup.sentinels])
    return world.add(new SentinelClient(world.surroundings, order, setup.timeout))
  })
  return { world, nodes, sentinels, names, events, ledger: new Ledger(), lost: 0, messages: 0, clients }
}

/** The master that most living sentinels name, if it is up; otherwise all nodes that are up. */
function survivors({ nodes, sentinels }: SentinelHistory): RedisNode[] {
  const alive = sentinels.filter(({ state }) => state === 'up')
  const named = alive.map(({ currentMaster }) => currentMaster)
  const count = (id: number) => named.filter((one) => one === id).length
  const [chosen] = [...new Set(named)].sort((a, b) => count(b) - count(a))
  const master = nodes.find(({ id, state }) => id === chosen && state === 'up')
  return master ? [master] : nodes.filter(({ state }) => state === 'up')
}
