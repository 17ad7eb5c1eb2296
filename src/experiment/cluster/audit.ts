import type { Database } from '../../redis/database.js'
import { ClusterNode } from '../../redis-deployment/cluster/cluster-node.js'
import { NOBODY } from '../../redis-deployment/cluster/view.js'
import type { KeyState } from '../../redis-deployment/messages/protocol.js'
import { hasKey } from '../../redis-deployment/nodes/ledger.js'
import type { Done } from '../nodes/intervals.js'
import { type Cluster, settledOwners } from './build.js'
import { WARM_UP } from './history.js'
import type { ClusterSetup } from './setup.js'

/** Invariants of a cluster under any faults. */
export const invariants = {
  owner: 'No two masters own the same slot in the same epoch.',
  election: 'Each epoch has at most one winner, with the votes of a majority of the masters.',
  slots: 'After all faults have healed, all masters agree on one owner of each slot.',
  losses: 'Acknowledged writes are lost only in the documented ways.',
  calm: 'Without faults, slots move and no request fails.',
} as const

export type InvariantId = keyof typeof invariants
export const invariantIds = Object.keys(invariants) as InvariantId[]

/** The ways in which the Redis Cluster specification says that acknowledged writes are lost ("Write safety"). */
export const lossWays = {
  unreplicated: 'every node that had it died before asynchronous replication copied it further',
  minority: 'its master was cut off from the majority, and a replica was promoted',
  replaced: 'its master hung, died or was cut off, was replaced, and came back as a replica',
} as const

export type LossWay = keyof typeof lossWays

export interface Violation {
  readonly invariant: InvariantId
  readonly text: string
}

/** Milliseconds between two checks of the owners and of the network. */
const LOOK = 50
/** Milliseconds beyond 1.5 × node-timeout in which a master in the minority may still serve: checks of timers. */
const SLACK = 500

/** Nodes that have had a key, and how they lost it. Bits are nodes. */
interface Life {
  holders: number
  /** Nodes that deleted it after moving it to another. */
  handed: number
  died: number
  replaced: number
  /** Milliseconds for which its first holder had been cut off from the majority when it got the key. */
  isolatedFor: number
}

/** Checks the invariants while a cluster runs and after it. */
export class ClusterAudit {
  readonly violations: Violation[] = []
  readonly losses: Record<LossWay, number> = { unreplicated: 0, minority: 0, replaced: 0 }
  private readonly lives = new Map<string, Life>()
  private readonly isolatedSince: (number | undefined)[] = []
  private cluster: Cluster | undefined

  private readonly nodeTimeout: number
  private readonly majority: number
  /** Whether the run has no faults. */
  private readonly isCalm: boolean

  constructor({ nodeTimeout, masters, faults }: ClusterSetup) {
    this.nodeTimeout = nodeTimeout
    this.majority = Math.floor(masters / 2) + 1
    this.isCalm = faults.length === 0
  }

  /** A node that reports changes of its keys to the audit. */
  get NodeType(): typeof ClusterNode {
    const audit = this
    return class extends ClusterNode {
      protected override changed(db: Database, key: string): void {
        super.changed(db, key)
        audit.changed(this, key, db.has(key))
      }

      override kill(): void {
        audit.lost(this.id, 'died')
        super.kill()
      }

      override load(keys: readonly KeyState[], history: string, offset: number): void {
        audit.lost(this.id, 'replaced')
        super.load(keys, history, offset)
      }

      override drop(slots: readonly number[]): void {
        audit.lost(this.id, 'replaced')
        super.drop(slots)
      }
    }
  }

  watch(cluster: Cluster): void {
    this.cluster = cluster
    const { clock } = cluster.world
    const look = (): void => {
      this.look(cluster)
      clock.after(LOOK, look)
    }
    look()
  }

  private changed({ id }: ClusterNode, key: string, isThere: boolean): void {
    const bit = 1 << id
    const life = this.lives.get(key)
    if (!isThere) {
      if (life && ((life.died | life.replaced) & bit) === 0) life.handed |= bit
    } else if (life) {
      life.holders |= bit
      for (const end of ['handed', 'died', 'replaced'] as const) life[end] &= ~bit
    } else {
      const since = this.isolatedSince[id]
      const isolatedFor = since === undefined || !this.cluster ? 0 : this.cluster.world.clock.now - since
      this.lives.set(key, { holders: bit, handed: 0, died: 0, replaced: 0, isolatedFor })
    }
  }

  private lost(node: number, how: 'died' | 'replaced'): void {
    const bit = 1 << node
    for (const life of this.lives.values()) if ((life.holders & ~life.handed & bit) !== 0) life[how] |= bit
  }

  request({ error, key, began }: Done): void {
    if (this.isCalm && error !== undefined)
      this.report('calm', `the request for ${key} at ${Math.round(began)} ms ended with ${error}`)
  }

  private report(invariant: InvariantId, text: string): void {
    if (this.violations.length < 100) this.violations.push({ invariant, text })
  }

  private look({ nodes, names, world }: Cluster): void {
    const masters = nodes.filter(({ state, member }) => state === 'up' && member.isMaster)
    for (const [i, one] of masters.entries())
      for (const other of masters.slice(i + 1)) {
        if (one.member.me.configEpoch !== other.member.me.configEpoch) continue
        const [mine, theirs] = [one, other].map(({ id, member }) => member.view.claims[id])
        if (mine.some((word, at) => (word & theirs[at]) !== 0))
          this.report(
            'owner',
            `${names[one.id]} and ${names[other.id]} own the same slot in epoch ${one.member.me.configEpoch}`,
          )
      }
    for (const node of nodes) {
      const isAlone = node.state !== 'killed' && !reachesMajority(nodes, node, world.network)
      this.isolatedSince[node.id] = isAlone ? (this.isolatedSince[node.id] ?? world.clock.now) : undefined
    }
  }

  /** Checks what can only be decided at the end of the run. */
  finish(cluster: Cluster, lost: readonly number[]): void {
    this.checkElections(cluster)
    this.checkSlots(cluster)
    for (const write of lost) this.explain(cluster, cluster.ledger.keyOf(write))
  }

  private checkElections({ events, names }: Cluster): void {
    const winners = new Map<number, number>()
    for (const [i, event] of events.entries()) {
      if (event.kind !== 'election-won') continue
      const { epoch } = event
      const before = winners.get(epoch)
      if (before !== undefined)
        this.report('election', `${names[before]} and ${names[event.node]} won epoch ${epoch}`)
      winners.set(epoch, event.node)
      const voters = new Set(
        events
          .slice(0, i)
          .filter((one) => one.kind === 'vote-granted' && one.candidate === event.node && one.epoch === epoch)
          .map(({ node }) => node),
      )
      if (voters.size < this.majority)
        this.report(
          'election',
          `${names[event.node]} won epoch ${epoch} with ${voters.size} of ${this.majority} votes (${Math.round(event.time - WARM_UP)} ms)`,
        )
    }
  }

  private checkSlots(cluster: Cluster): void {
    const { names } = cluster
    const alive = cluster.nodes.filter(({ state, member }) => state === 'up' && member.isMaster)
    const owners = settledOwners(cluster)
    for (let slot = 0; slot < owners.length; slot++) {
      const owner = owners[slot]
      if (owner === NOBODY && alive.length > 0) this.report('slots', `slot ${slot} has no owner`)
      // A master may have died before all others heard that it took the slot.
      if (owner === NOBODY || cluster.nodes[owner].state !== 'up') continue
      for (const other of alive) {
        const said = other.member.view.owners[slot]
        if (said === owner) continue
        const theirs = names[said] ?? 'nobody'
        this.report(
          'slots',
          `the owner of slot ${slot} is ${names[owner]}, but ${theirs} according to ${names[other.id]}`,
        )
        return
      }
    }
  }

  private explain({ nodes }: Cluster, key: string): void {
    // A replica of a dead master, with no majority left to promote it, still has the key: not lost.
    const isLate = nodes.some(
      (node) =>
        node.state === 'up' &&
        node.master !== undefined &&
        nodes[node.master].state !== 'up' &&
        hasKey(node, key),
    )
    if (isLate) return
    const life = this.lives.get(key)
    const held = life ? life.holders & ~life.handed : 0
    if (!life || held === 0 || (held & ~(life.died | life.replaced)) !== 0) {
      this.report('losses', `${key} is lost, and no node that had it died or was replaced`)
      return
    }
    const isMinority = life.isolatedFor > 0
    if (isMinority && life.isolatedFor > 1.5 * this.nodeTimeout + SLACK)
      this.report(
        'losses',
        `${key} was acknowledged ${Math.round(life.isolatedFor)} ms after its master had lost the majority`,
      )
    if (isMinority) this.losses.minority++
    else if ((held & life.replaced) !== 0) this.losses.replaced++
    else this.losses.unreplicated++
  }
}

/** Whether a node reaches a majority of the masters that own slots in its view. */
function reachesMajority(
  nodes: readonly ClusterNode[],
  node: ClusterNode,
  network: Cluster['world']['network'],
): boolean {
  const { view } = node.member
  let reached = 0
  for (const { id, state } of nodes)
    if (view.counts[id] > 0 && state === 'up' && network.reaches(node.id, id)) reached++
  return reached >= view.majority
}
