import { RedisError, type Reply } from '../../redis/reply.js'
import { type ClusterConnections, NoAnswer, type Sent } from '../../redis-deployment/cluster/client.js'
import { ONLY_MASTERS } from '../../redis-deployment/cluster/set-slot.js'
import type { Argv } from '../../redis-deployment/messages/protocol.js'
import type { Task } from '../../simulation/task.js'
import type { Move } from './moves.js'

/** A node as the tool that moves slots addresses it. */
export interface ToolNode {
  readonly address: string
  /** Forty hexadecimal digits. */
  readonly name: string
}

/** Progress of moving slots. */
export interface Moved {
  slots: number
  keys: number
  /** The error of a node that stopped the moves; undefined if there was none. */
  problem: string | undefined
}

export interface MoveOptions {
  /** Keys in one MIGRATE. */
  readonly pipeline: number
  /** Timeout of a MIGRATE in milliseconds; the node is blocked meanwhile. redis-cli's default is a minute. */
  readonly timeout: number
  /** Milliseconds between MIGRATEs, to prolong the move of a slot; redis-cli has no such pause. */
  readonly pause?: number
}

/**
 * Moves slots one after the other, a few keys at a time, as redis-cli does: SETSLOT IMPORTING to the new owner, SETSLOT
 * MIGRATING to the old one, MIGRATE of the keys, SETSLOT NODE to all masters. Meanwhile the old owner answers ASK for
 * a key that has moved.
 *
 * Redis 7.0, redis-cli --cluster reshard. O(slots × masters + keys) requests.
 */
export function* moveSlots(
  connections: ClusterConnections,
  nodes: readonly ToolNode[],
  masters: readonly number[],
  moves: readonly Move[],
  { pipeline, timeout, pause = 0 }: MoveOptions,
  moved: Moved,
): Task<void> {
  const ask = function* (node: number, words: Argv): Task<Reply> {
    const sent: Sent = yield connections.ask(nodes[node].address, [words])
    if (sent instanceof NoAnswer) return new RedisError(`${nodes[node].address}: ${sent.why}`)
    return sent[0]
  }
  for (const { slot, from, to } of moves) {
    const name = String(slot)
    const setSlot = (...words: string[]) => ['CLUSTER', 'SETSLOT', name, ...words]
    const steps: [number, Argv][] = [
      [to, setSlot('IMPORTING', nodes[from].name)],
      [from, setSlot('MIGRATING', nodes[to].name)],
    ]
    for (const [node, words] of steps) {
      const reply: Reply = yield* ask(node, words)
      if (failed(reply, moved)) return
    }
    while (true) {
      const keys: Reply = yield* ask(from, ['CLUSTER', 'GETKEYSINSLOT', name, String(pipeline)])
      if (failed(keys, moved)) return
      const list = keys as readonly string[]
      if (list.length === 0) break
      const [host, port] = nodes[to].address.split(':')
      const reply: Reply = yield* ask(from, [
        'MIGRATE',
        host,
        port,
        '',
        '0',
        String(timeout),
        'KEYS',
        ...list,
      ])
      if (failed(reply, moved)) return
      moved.keys += list.length
      if (pause > 0) yield connections.pause(pause)
    }
    // The new owner first: it takes a new epoch, so that its claim wins when the old owner gives up the slot.
    for (const node of [to, from, ...masters.filter((one) => one !== to && one !== from)]) {
      const reply: Reply = yield* ask(node, setSlot('NODE', nodes[to].name))
      if (node === to && failed(reply, moved)) return
      // A master that has lost its last slot may already have become a replica of the new owner.
      const isReplica = reply instanceof RedisError && reply.text === ONLY_MASTERS
      if (node === from && !isReplica && failed(reply, moved)) return
    }
    moved.slots++
  }
}

function failed(reply: Reply, moved: Moved): boolean {
  if (!(reply instanceof RedisError)) return false
  moved.problem = reply.text
  return true
}
