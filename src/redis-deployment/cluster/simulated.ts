import { Caller } from '../../simulation/caller.js'
import type { Wait } from '../../simulation/task.js'
import {
  type Actor,
  type Argv,
  type NodeReply,
  type NodeRequest,
  type Surroundings,
  TIMED_OUT,
} from '../messages/protocol.js'
import { type ClusterConnections, NoAnswer, type Sent } from './client.js'

/** A client's connections with simulated nodes. */
export class SimulatedConnections implements ClusterConnections, Actor {
  readonly id: number
  private readonly caller: Caller<NodeRequest, NodeReply>

  /** `addresses` are those of the first actors, in their order. */
  constructor(
    private readonly around: Surroundings,
    private readonly addresses: readonly string[],
    timeout: number,
  ) {
    this.id = around.id
    this.caller = new Caller<NodeRequest, NodeReply>(around.clock, around.peers, timeout, TIMED_OUT)
  }

  /** A client gets no requests. */
  handle(): void {}

  ask(address: string, commands: readonly Argv[]): Wait<Sent> {
    const wait = this.caller.ask(this.addresses.indexOf(address), { kind: 'commands', commands })
    return (resume) =>
      wait((reply) => {
        if (reply.status === 'replies') resume(reply.replies)
        else resume(new NoAnswer(reply.status === 'refused' ? 'refused' : 'timeout'))
      })
  }

  get now(): number {
    return this.around.clock.now
  }

  pause(milliseconds: number): Wait<void> {
    return (resume) => this.around.clock.after(milliseconds, resume)
  }
}
