import type { Client } from './client.js'
import { matchesGlob } from './glob.js'
import { Typed } from './reply.js'

/** Subscriptions to channels, by name or by pattern. */
export class PubSub {
  readonly channels = new Map<string, Set<Client>>()
  readonly patterns = new Map<string, Set<Client>>()

  /** Delivers a message to all subscribers; the number of deliveries. */
  publish(channel: string, message: string): number {
    let receivers = 0
    for (const client of this.channels.get(channel) ?? []) {
      client.deliver(new Typed('push', ['message', channel, message]))
      receivers++
    }
    for (const [pattern, clients] of this.patterns) {
      if (!matchesGlob(pattern, channel)) continue
      for (const client of clients) {
        client.deliver(new Typed('push', ['pmessage', pattern, channel, message]))
        receivers++
      }
    }
    return receivers
  }

  join(kind: 'channels' | 'patterns', client: Client, name: string): void {
    client[kind].add(name)
    const clients = this[kind].get(name) ?? new Set()
    this[kind].set(name, clients.add(client))
  }

  leave(kind: 'channels' | 'patterns', client: Client, name: string): void {
    client[kind].delete(name)
    const clients = this[kind].get(name)
    clients?.delete(client)
    if (clients?.size === 0) this[kind].delete(name)
  }

  leaveAll(client: Client): void {
    for (const kind of ['channels', 'patterns'] as const) {
      for (const name of [...client[kind]]) this.leave(kind, client, name)
    }
  }
}
