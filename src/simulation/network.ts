import type { Random } from '../random/random.js'
import type { Clock, Transport } from './transport.js'

/** The number of a sender that is no node; nodes are 0, 1, … */
export const CLIENT = -1

export interface Latency {
  /** Milliseconds to a node and back. */
  readonly hop: number
  /** Each way takes up to so many milliseconds more, uniformly distributed. */
  readonly jitter: number
}

/** One message, for observers. */
export interface Message<Q, R> {
  readonly time: number
  readonly from: number
  readonly to: number
  readonly content: Q | R
  /** Whether it arrives; a partition drops it. */
  readonly delivered: boolean
}

/** Who can be sent requests. */
export interface Listener<Q, R> {
  handle(request: Q, answer: (reply: R) => void, from: number): void
}

/**
 * A network in virtual time: every message takes half a hop plus jitter, and a partition drops it. Messages from one
 * node to another can overtake one another, as on separate connections, or keep their order.
 */
export class SimulatedNetwork<Q, R> {
  /** Messages sent so far, requests and replies. */
  messages = 0
  /** Is told of every message. */
  watch: ((message: Message<Q, R>) => void) | undefined
  /** The side of each node and, last, of the client; undefined while all reach all. */
  private sides: readonly number[] | undefined

  constructor(
    private readonly clock: Clock,
    private readonly nodes: readonly Listener<Q, R>[],
    private readonly latency: Latency,
    private readonly random: Random,
    isOrdered = false,
  ) {
    if (isOrdered) this.arrivals = new Map()
  }

  /** When the last message from one to another arrives. */
  private readonly arrivals: Map<number, number> | undefined

  /** Cuts the network: nodes reach those of their own group only, and the client is with one of the groups. */
  partition(groups: readonly (readonly number[])[], clientGroup: number): void {
    const sides = new Array<number>(this.nodes.length + 1).fill(clientGroup)
    for (const [side, group] of groups.entries()) for (const node of group) sides[node] = side
    this.sides = sides
  }

  heal(): void {
    this.sides = undefined
  }

  /** Milliseconds of one way, without jitter. */
  get halfHop(): number {
    return this.latency.hop / 2
  }

  /** Whether messages get from one to the other. */
  reaches(from: number, to: number): boolean {
    const { sides } = this
    return sides === undefined || sides.at(from) === sides.at(to)
  }

  /** The network as seen by a node, or by the client. */
  from(sender: number): Transport<Q, R> {
    return { send: (node, request, answer) => this.exchange(sender, node, request, answer) }
  }

  private exchange(from: number, to: number, request: Q, answer: (reply: R) => void): void {
    this.carry(from, to, request, () => {
      this.nodes[to].handle(request, (reply) => this.carry(to, from, reply, () => answer(reply)), from)
    })
  }

  private carry(from: number, to: number, content: Q | R, arrive: () => void): void {
    this.messages++
    const delivered = this.sides === undefined || this.reaches(from, to)
    this.watch?.({ time: this.clock.now, from, to, content, delivered })
    if (!delivered) return
    const { hop, jitter } = this.latency
    const delay = hop / 2 + (jitter > 0 ? jitter * this.random.next() : 0)
    this.clock.after(this.arrivals ? this.inOrder(this.arrivals, from, to, delay) : delay, arrive)
  }

  private inOrder(arrivals: Map<number, number>, from: number, to: number, delay: number): number {
    const connection = from * this.nodes.length + to
    const arrival = Math.max(arrivals.get(connection) ?? 0, this.clock.now + delay)
    arrivals.set(connection, arrival)
    return arrival - this.clock.now
  }
}
