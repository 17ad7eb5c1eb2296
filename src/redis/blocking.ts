import type { Client, Waiting } from './client.js'
import type { Database } from './database.js'
import type { Reply } from './reply.js'
import { NEVER } from './time-source.js'
import { typeOf } from './values/value.js'

/**
 * Clients that are blocked on a list, a sorted set or a stream. Those that wait for the same key are served in the order of
 * arrival.
 */
export class Blocking {
  private readonly clients = new Set<Client>()
  private readonly appeared: { readonly db: Database; readonly key: string }[] = []
  nextDeadline = NEVER

  get any(): boolean {
    return this.clients.size > 0
  }

  get count(): number {
    return this.clients.size
  }

  /** Those that give up at some time. */
  get timedCount(): number {
    return [...this.clients].filter(({ waiting }) => waiting!.deadline !== NEVER).length
  }

  get hasReady(): boolean {
    return this.appeared.length > 0
  }

  add(client: Client, waiting: Waiting): void {
    client.waiting = waiting
    this.clients.add(client)
    this.nextDeadline = Math.min(this.nextDeadline, waiting.deadline)
  }

  remove(client: Client): void {
    if (!this.clients.delete(client)) return
    client.waiting = undefined
    this.nextDeadline = NEVER
    for (const { waiting } of this.clients) this.nextDeadline = Math.min(this.nextDeadline, waiting!.deadline)
  }

  /** Notes that a key was created; clients that wait for it are served after the command that created it. */
  ready(db: Database, key: string): void {
    this.appeared.push({ db, key })
  }

  /** Serves the clients that wait for new keys, and for keys that this creates in turn. */
  serve(): void {
    for (let next = this.appeared.shift(); next !== undefined; next = this.appeared.shift()) {
      const { db, key } = next
      for (const client of [...this.clients]) {
        const { waiting } = client
        const value = db.find(key)?.value
        if (value === undefined || waiting?.db !== db || waiting.type !== typeOf(value)) continue
        if (waiting.keys.includes(key)) this.attempt(client, waiting, key)
      }
    }
  }

  /** Answers all clients whose timeout has passed. */
  giveUp(now: number): void {
    for (const client of [...this.clients]) {
      const { waiting } = client
      if (waiting && waiting.deadline <= now && waiting.late !== undefined) this.release(client, waiting.late)
    }
  }

  release(client: Client, reply: Reply): void {
    this.remove(client)
    client.server.durations.unblocked(client)
    client.say(reply)
  }

  /** What a client changes by this is its own change: it hears of it after the reply. */
  private attempt(client: Client, waiting: Waiting, key: string): void {
    const { server } = client
    const before = server.current
    server.current = client
    let reply: Reply | undefined
    try {
      reply = waiting.attempt(key)
    } catch (error) {
      reply = server.errorReply(error, 'a blocked command')
    }
    if (reply !== undefined) this.release(client, reply)
    server.tracking?.tellOwn(client)
    server.current = before
  }
}
