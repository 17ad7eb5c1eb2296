import { RedisError } from '../../redis/reply.js'
import { Caller } from '../../simulation/caller.js'
import type { Task } from '../../simulation/task.js'
import {
  type Actor,
  type Argv,
  type NodeReply,
  type NodeRequest,
  type Result,
  type Surroundings,
  TIMED_OUT,
} from '../messages/protocol.js'

/**
 * A client that asks a sentinel for the master before every command, or the next sentinel if that one doesn't answer.
 * It doesn't retry commands: a failure is what a program would see.
 */
export class SentinelClient implements Actor {
  readonly id: number
  private readonly caller: Caller<NodeRequest, NodeReply>

  constructor(
    around: Surroundings,
    private readonly sentinels: readonly number[],
    timeout: number,
  ) {
    this.id = around.id
    this.caller = new Caller<NodeRequest, NodeReply>(around.clock, around.peers, timeout, TIMED_OUT)
  }

  /** A client gets no requests. */
  handle(): void {}

  *run(words: Argv): Task<Result> {
    const master: number | undefined = yield* this.findMaster()
    if (master === undefined) return { error: 'no sentinel' }
    const reply: NodeReply = yield this.caller.ask(master, { kind: 'commands', commands: [words] })
    if (reply.status !== 'replies') return { error: reply.status }
    const [answer] = reply.replies
    return answer instanceof RedisError ? { error: answer.text.split(' ')[0] } : { reply: answer }
  }

  private *findMaster(): Task<number | undefined> {
    for (const sentinel of this.sentinels) {
      const reply: NodeReply = yield this.caller.ask(sentinel, { kind: 'get-master' })
      if (reply.status === 'master') return reply.master
    }
    return undefined
  }
}
