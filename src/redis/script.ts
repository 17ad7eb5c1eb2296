import { InputError } from '../input-error.js'
import type { Client } from './client.js'
import { virtualPeer } from './peer.js'
import { NO_ARRAY, RedisError, type Reply, Several, Typed, WAITS } from './reply.js'
import { Server } from './server.js'
import { splitWords } from './split.js'

/** One line of a script. */
export interface Line {
  readonly number: number
  /** The number of the client that sends it, from 1. */
  readonly client: number
  readonly words: readonly string[]
  /** The text without the client. */
  readonly text: string
}

export const MAX_LINE_BYTES = 1 << 20
const MAX_CLIENTS = 1000
const MAX_SHOWN_BYTES = 64 << 20

/** Parses a line of a script; undefined for blank lines and comments. Throws InputError. */
export function parseLine(text: string, number: number, client = 1): Line | undefined {
  const where = `line ${number}`
  if (text.length > MAX_LINE_BYTES) throw new InputError(`${where} is longer than 1 MB`)
  const named = /^\s*client:(\d+)>\s*/.exec(text)
  if (named) {
    const own = Number(named[1])
    if (own < 1 || own > MAX_CLIENTS)
      throw new InputError(`${where}: clients have numbers from 1 to ${MAX_CLIENTS}, got ${named[1]}`)
    return parseLine(text.slice(named[0].length), number, own)
  }
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.startsWith('#')) return undefined
  const words = splitWords(trimmed)
  if (!words) throw new InputError(`${where}: a quote isn't closed, or has no space behind it: ${trimmed}`)
  return { number, client, words, text: trimmed }
}

/** The replies to a line, or a message. Results are in the order of the lines, messages in the order of arrival. */
export interface LineResult {
  readonly client: number
  /** Nothing for a message that a client got from a channel. */
  readonly line?: Line
  /** Several for SUBSCRIBE; none for a command that is still waiting. */
  replies: readonly Reply[]
  /** Why there is no reply and none will come: CLIENT REPLY, or another client has ended the connection. */
  silence?: 'silenced' | 'closed'
}

interface Actor {
  readonly client: Client
  pending: LineResult | undefined
  /** It waits for something that can't happen any more. */
  isStuck: boolean
}

/**
 * Several clients of one server, whose lines run in order. Before the next line of a blocked client, time passes until
 * it is served or times out.
 *
 * @example
 * import { plainReply, RedisSession } from 'cachelab/redis'
 * const session = new RedisSession()
 * const send = (client: number, text: string) => session.run({ number: 1, client, words: text.split(' '), text })
 * const waiting = send(1, 'BLPOP jobs 0')
 * send(2, 'RPUSH jobs build')
 * waiting.replies.map(plainReply) // [ [ 'jobs', 'build' ] ]
 */
export class RedisSession {
  /** Replies in the order of the lines, messages to subscribers in the order of arrival. */
  readonly outcomes: LineResult[] = []
  /** What clients get while a command runs, which is reported after its reply. */
  private held: (() => void)[] | undefined
  private readonly actors = new Map<number, Actor>()

  constructor(
    readonly server: Server = new Server(),
    /** Is told of every outcome that is complete. */
    private readonly report: (outcome: LineResult) => void = () => {},
  ) {}

  /** The client of a number from 1 on; made when it is first asked for. */
  clientOf(number: number): Client {
    return this.actorOf(number).client
  }

  /** Runs a line. The replies of the result come later if the command blocks. */
  run(line: Line): LineResult {
    const actor = this.actorOf(line.client)
    const outcome: LineResult = { client: line.client, line, replies: [] }
    this.outcomes.push(outcome)
    if (actor.pending) this.waitFor(actor)
    if (actor.isStuck) return outcome
    const { client } = actor
    this.held = []
    const answer = this.server.execute(client, line.words)
    if (answer === WAITS) actor.pending = outcome
    else this.complete(outcome, answer)
    const { held } = this
    this.held = undefined
    for (const report of held) report()
    if (client.isClosing) this.leave(line.client)
    return outcome
  }

  /** A connection ends; the client's next line comes by a new one. */
  private leave(number: number): void {
    this.server.disconnect(this.clientOf(number))
    this.actors.delete(number)
  }

  private closed(number: number): void {
    this.after(() => {
      this.actors.delete(number)
      this.tell({ client: number, replies: [], silence: 'closed' })
    })
  }

  /** Reports now, or after the running command's own reply. */
  private after(report: () => void): void {
    if (this.held) this.held.push(report)
    else report()
  }

  /** Lets time pass until every client with a timeout has been answered. */
  finish(): void {
    for (const actor of this.actors.values()) if (actor.pending) this.waitFor(actor)
  }

  private actorOf(number: number): Actor {
    const found = this.actors.get(number)
    if (found) return found
    const peer = virtualPeer(number, () => this.closed(number))
    const client = this.server.connect((reply) => this.deliver(actor, number, reply), peer)
    const actor: Actor = { client, pending: undefined, isStuck: false }
    this.actors.set(number, actor)
    return actor
  }

  private waitFor(actor: Actor): void {
    const { clock } = this.server
    const deadline = actor.client.waiting?.deadline ?? Number.POSITIVE_INFINITY
    if (deadline === Number.POSITIVE_INFINITY) {
      actor.isStuck = true
      return
    }
    clock.advance(Math.max(0, deadline - clock.now()))
    this.server.tick()
  }

  private deliver(actor: Actor, number: number, reply: Reply | Several): void {
    // What comes to a client that is still blocked is a message.
    const isReply = actor.client.waiting === undefined
    this.after(() => {
      const { pending } = actor
      if (pending && isReply) {
        actor.pending = undefined
        this.complete(pending, reply)
      } else this.tell({ client: number, replies: shownOf(reply) })
    })
  }

  private tell(outcome: LineResult): void {
    this.outcomes.push(outcome)
    this.report(outcome)
  }

  private complete(outcome: LineResult, reply: Reply | Several): void {
    outcome.replies = shownOf(reply)
    if (outcome.replies.length === 0) outcome.silence = 'silenced'
    this.report(outcome)
  }
}

function shownOf(reply: Reply | Several): Reply[] {
  const replies: readonly Reply[] = reply instanceof Several ? reply.replies : [reply]
  return replies.map(shown)
}

/** The reply, or an error where it is too long to be shown. */
function shown(reply: Reply): Reply {
  const bytes = bytesOf(reply)
  if (bytes <= MAX_SHOWN_BYTES) return reply
  return new RedisError(
    `ERR the reply has ${bytes} bytes; cachelab shows ${MAX_SHOWN_BYTES} at most outside of redis serve`,
  )
}

function bytesOf(reply: Reply): number {
  if (typeof reply === 'string' || reply instanceof Uint8Array) return reply.length
  if (reply instanceof Typed) return bytesOf(reply.items)
  if (!Array.isArray(reply)) return 0
  let bytes = 0
  for (const item of reply as readonly Reply[]) bytes += bytesOf(item)
  return bytes
}

/**
 * Runs a command and returns its reply, an error too; nil if it would block. O(the command).
 *
 * @example
 * import { askRedis, plainReply, RedisStore } from 'cachelab/redis'
 * const client = new RedisStore().connect()
 * askRedis(client, ['ZADD', 'board', '10', 'ada', '20', 'bob']) // 2
 * askRedis(client, ['ZRANK', 'board', 'bob']) // 1
 * plainReply(askRedis(client, ['BLPOP', 'empty', '0'])) // null
 */
export function ask(client: Client, words: readonly string[]): Reply {
  const answer = client.server.execute(client, words)
  if (answer === WAITS) {
    client.server.blocking.remove(client)
    return NO_ARRAY
  }
  return answer instanceof Several ? [...answer.replies] : answer
}
