import type { Clock } from '../simulation/transport.js'
import type { Membership } from './membership.js'
import type { CacheTransport, Reply } from './protocol.js'

export interface DetectorOptions {
  /** Milliseconds from one ping of every node to the next. */
  readonly heartbeat: number
  /** Milliseconds without an answer after which a node is declared dead. */
  readonly patience: number
}

/** What the detector knows of a node. */
interface Watched {
  readonly node: number
  incarnation: number
  /** When it last answered, and whether it has answered the last ping. */
  seen: number
  answered: boolean
}

/**
 * Pings every node. One that hasn't answered for a while is declared dead and leaves the cluster, and its keys get
 * other owners; one that answers again comes back. No detector can tell a dead node from an unreachable one.
 */
export class Detector {
  private readonly watched: Watched[]

  /** `changed` is called when a node has left, has come back, or is seen again after it was not. */
  constructor(
    private readonly clock: Clock,
    private readonly transport: CacheTransport,
    private readonly membership: Membership,
    private readonly options: DetectorOptions,
    private readonly changed: (node: number, what: 'dead' | 'back') => void,
  ) {
    this.watched = membership.list().map((node) => ({ node, incarnation: 1, seen: 0, answered: true }))
  }

  /** Starts to ping; it never ends. */
  start(): void {
    for (const watched of this.watched) this.ping(watched)
    this.clock.after(this.options.heartbeat, () => this.start())
  }

  private ping(watched: Watched): void {
    const { clock, membership, options } = this
    if (clock.now - watched.seen > options.patience && membership.has(watched.node)) {
      membership.leave(watched.node)
      this.changed(watched.node, 'dead')
    }
    if (clock.now - watched.seen > options.heartbeat) watched.answered = false
    this.transport.send(watched.node, { kind: 'ping' }, (reply) => this.hear(watched, reply))
  }

  private hear(watched: Watched, reply: Reply): void {
    if (reply.status !== 'alive') return
    const { node, incarnation, answered } = watched
    watched.incarnation = reply.incarnation
    watched.seen = this.clock.now
    watched.answered = true
    const isMember = this.membership.has(node)
    if (!isMember) this.membership.join(node)
    if (!isMember || incarnation !== reply.incarnation || !answered) this.changed(node, 'back')
  }
}
