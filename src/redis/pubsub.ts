import type { Client } from './client.js'
import { matchesGlob } from './glob.js'
import { Typed } from './reply.js'

/** What a client subscribes to: channels, patterns of channels, or channels of a shard. */
export type Subscription = 'channels' | 'patterns' | 'shardChannels'

const KINDS = ['channels', 'patterns', 'shardChannels'] as const

/** Subscriptions to channels, by name or by pattern. */
export class PubSub {
  readonly channels = new Map<string, Set<Client>>()
  readonly patterns = new Map<string, Set<Client>>()
  readonly shardChannels = new Map<string, Set<Client>>()

  /** Delivers a message to all subscribers; the number of deliveries. */
  publish(channel: string, message: string): number {
    let receivers = this.send('message', this.channels.get(channel), channel, message)
    for (const [pattern, clients] of this.patterns) {
      if (!matchesGlob(pattern, channel)) continue
      const push = new Typed('push', ['pmessage', pattern, channel, message])
      for (const client of clients) client.deliver(push)
      receivers += clients.size
    }
    return receivers
  }

  /** The same for a channel of a shard, which patterns don't match. */
  publishInShard(channel: string, message: string): number {
    return this.send('smessage', this.shardChannels.get(channel), channel, message)
  }

  private send(
    word: string,
    clients: ReadonlySet<Client> | undefined,
    channel: string,
    message: string,
  ): number {
    if (clients === undefined) return 0
    const push = new Typed('push', [word, channel, message])
    for (const client of clients) client.deliver(push)
    return clients.size
  }

  join(kind: Subscription, client: Client, name: string): void {
    client[kind].add(name)
    const clients = this[kind].get(name) ?? new Set()
    this[kind].set(name, clients.add(client))
    client.isSubscribed = true
  }

  leave(kind: Subscription, client: Client, name: string): void {
    client[kind].delete(name)
    const clients = this[kind].get(name)
    clients?.delete(client)
    if (clients?.size === 0) this[kind].delete(name)
    client.isSubscribed = KINDS.some((each) => client[each].size > 0)
  }

  leaveAll(client: Client): void {
    for (const kind of KINDS) {
      for (const name of [...client[kind]]) this.leave(kind, client, name)
    }
  }
}
