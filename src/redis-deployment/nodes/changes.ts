import type { Client } from '../../redis/client.js'
import type { Command } from '../../redis/command.js'
import { keysIn } from '../../redis/command-keys.js'
import type { Database } from '../../redis/database.js'
import type { Server } from '../../redis/server.js'
import { copyOf } from '../../redis/values/value.js'
import type { Argv, Change, KeyState } from '../messages/protocol.js'

/** Commands whose effect depends on chance or on the clock: replicas get the new state of the keys instead. */
const RELATIVE = new Set([
  ...['spop', 'expire', 'pexpire', 'setex', 'psetex', 'getex', 'exec'],
  ...['blpop', 'brpop', 'blmove', 'brpoplpush', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop'],
])

/** The changed keys of a server that have not been sent to its replicas yet. */
export class Changes {
  private readonly touched = new Map<string, Database>()

  constructor(private readonly server: Server) {}

  get isEmpty(): boolean {
    return this.touched.size === 0
  }

  add(db: Database, key: string): void {
    this.touched.set(`${db.index}/${key}`, db)
  }

  clear(): void {
    this.touched.clear()
  }

  /** Takes the changes of a command: the command itself if running it again has the same effect. */
  takeOf(words: Argv, client: Client): Change[] {
    const command = this.server.find(words)
    const db = client.db.index
    if (command?.flags.includes('write') && !isRelative(command, words)) {
      const named = new Set(keysIn(command, words).map((key) => `${db}/${key}`))
      if ([...this.touched.keys()].every((key) => named.has(key))) {
        this.clear()
        return [{ db, words }]
      }
    }
    return this.take()
  }

  /** Takes the new states of the changed keys. */
  take(): Change[] {
    const changes = [...this.touched].map(([name, database]): Change => {
      const key = name.slice(name.indexOf('/') + 1)
      const found = database.find(key)
      return {
        db: database.index,
        key,
        value: found && copyOf(found.value),
        expiresAt: database.expiresAt(key),
      }
    })
    this.clear()
    return changes
  }
}

function isRelative({ name }: Command, words: Argv): boolean {
  return RELATIVE.has(name) || (name === 'set' && words.length > 3)
}

/** Every key of a server with its value. */
export function snapshotOf({ databases }: Server): KeyState[] {
  return databases.flatMap((database) =>
    database.list.map(({ key, value }) => ({
      db: database.index,
      key,
      value: copyOf(value),
      expiresAt: database.expiresAt(key),
    })),
  )
}

/** Sets a key to its state on another node. */
export function putState(
  { databases }: Server,
  { db, key, value, expiresAt }: Extract<Change, { key: string }>,
): void {
  if (value === undefined) databases[db].delete(key)
  else databases[db].put(key, copyOf(value), expiresAt)
}
