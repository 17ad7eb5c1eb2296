import type { Client } from './client.js'
import type { Database } from './database.js'

/** The keys that clients watch: optimistic locking for transactions. */
export class Watches {
  private readonly watchers = new Map<string, Set<Client>>()

  get any(): boolean {
    return this.watchers.size > 0
  }

  /** A key whose time is over counts as none from now on. */
  add(client: Client, key: string): void {
    client.db.find(key)
    const name = nameOf(client.db, key)
    client.watched.add(name)
    const watchers = this.watchers.get(name) ?? new Set()
    this.watchers.set(name, watchers.add(client))
  }

  touched(db: Database, key: string): void {
    for (const client of this.watchers.get(nameOf(db, key)) ?? []) client.isDirty = true
  }

  /** Finds out which watched keys' time is over: that is a change. */
  expire({ watched, server }: Client): void {
    for (const name of watched) {
      const space = name.indexOf(' ')
      server.databases[Number(name.slice(0, space))].find(name.slice(space + 1))
    }
  }

  /** A client watches nothing any more. */
  forget(client: Client): void {
    for (const name of client.watched) {
      const watchers = this.watchers.get(name)
      watchers?.delete(client)
      if (watchers?.size === 0) this.watchers.delete(name)
    }
    client.watched.clear()
    client.isDirty = false
  }
}

const nameOf = (db: Database, key: string) => `${db.index} ${key}`
