import { createRandom } from '../../random/random.js'
import { EventQueue } from '../../simulation/event-queue.js'
import { clientGroup, type Fault } from '../../simulation/faults.js'
import { type Latency, SimulatedNetwork } from '../../simulation/network.js'
import type { Process } from '../../simulation/process.js'
import type { Actor, NodeReply, NodeRequest, Surroundings } from '../messages/protocol.js'

/** Redis nodes, sentinels and clients in virtual time, and the network between them. Actors are numbered. */
export class World {
  readonly clock = new EventQueue()
  readonly network: SimulatedNetwork<NodeRequest, NodeReply>
  readonly actors: Actor[] = []
  /** The actors that can be killed. */
  private readonly processes = new Map<number, Process>()

  constructor(
    readonly seed: number,
    latency: Latency,
  ) {
    this.network = new SimulatedNetwork<NodeRequest, NodeReply>(
      this.clock,
      this.actors,
      latency,
      createRandom(seed, 'network'),
      true,
    )
  }

  /** The constructor argument of the next actor. */
  get surroundings(): Surroundings {
    const id = this.actors.length
    return { id, clock: this.clock, peers: this.network.from(id), seed: this.seed }
  }

  add<T extends Actor>(actor: T, process?: T & Process): T {
    if (process) this.processes.set(this.actors.length, process)
    this.actors.push(actor)
    return actor
  }

  /** Applies a fault now. */
  apply(fault: Fault): void {
    switch (fault.kind) {
      case 'kill':
        this.process(fault.node).kill()
        this.tellClosed(fault.node)
        break
      case 'restart':
        this.process(fault.node).restart()
        this.tellClosed(fault.node)
        break
      case 'hang':
        if (this.process(fault.node).state === 'up') this.process(fault.node).state = 'hung'
        break
      case 'slow':
        this.process(fault.node).slowness = fault.factor
        break
      case 'stall':
        this.process(fault.node).stall(fault.duration)
        break
      case 'partition':
        this.network.partition(fault.groups, clientGroup(fault.groups))
        break
      case 'heal':
        this.network.heal()
        for (const process of this.processes.values()) {
          process.slowness = 1
          if (process.state === 'hung') process.state = 'up'
        }
    }
  }

  process(actor: number): Process {
    return this.processes.get(actor)!
  }

  /** Closes the connections of a killed process: its machine tells all reachable peers. */
  private tellClosed(dead: number): void {
    for (const [id, actor] of this.actors.entries()) {
      if (id === dead || !actor.closed || !this.network.reaches(dead, id)) continue
      this.clock.after(this.network.halfHop, () => {
        if (this.processes.get(id)?.state !== 'killed') actor.closed?.(dead)
      })
    }
  }
}
