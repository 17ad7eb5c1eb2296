import { randomBytes } from 'node:crypto'
import { InputError } from '../input-error.js'
import type { Command } from '../redis/command.js'
import { keyPlaces } from '../redis/command-keys.js'
import type { Reply } from '../redis/reply.js'
import { findCommand } from '../redis/table.js'
import { hashedPart, slotOf } from '../redis-deployment/cluster/routing.js'
import type { Argv } from '../redis-deployment/messages/protocol.js'

/** Names for the keys of a session with a cluster, which begin with a prefix of its own and leave them in their slots. */
export class OwnKeys {
  private readonly prefix = `cachelab:${randomBytes(6).toString('hex')}:`
  /** The keys that were written, as the session calls them; none are kept once they were taken. */
  private written: Set<string> | undefined = new Set()

  /** Throws InputError at a command that must not be sent. */
  check(words: Argv): void {
    const { command, places } = known(words)
    for (const i of places) this.nameOf(words[i])
    if (!command && !/^(asking|cluster)$/i.test(words[0]))
      throw new InputError(
        `${words[0]}: cachelab doesn't know its keys, and so can't keep them apart from others'`,
      )
    if (command && places.length === 0 && /write|admin|blocking|pubsub/.test(command.flags.join(' ')))
      throw new InputError(`${words[0]} reaches further than this session's own keys`)
  }

  /** A command with the names of its keys. */
  renamed(words: Argv): string[] {
    const { command, places } = known(words)
    const named = [...words]
    for (const i of places) {
      named[i] = this.nameOf(words[i])
      if (command!.flags.includes('write')) this.written?.add(words[i])
    }
    return named
  }

  /** A name in the same slot: what is hashed of the key is its tag. Throws InputError where there is no such name. */
  private nameOf(key: string): string {
    const tag = hashedPart(key)
    if (tag !== '' && !tag.includes('}')) return `${this.prefix}{${tag}}:${key}`
    throw new InputError(
      `the key ${JSON.stringify(key)} has braces that leave no room for a name of this session's`,
    )
  }

  /** A reply with keys as the session calls them. */
  restored(reply: Reply): Reply {
    if (typeof reply === 'string')
      return reply.startsWith(this.prefix) ? reply.slice(reply.indexOf('}:') + 2) : reply
    return Array.isArray(reply) ? reply.map((one: Reply) => this.restored(one)) : reply
  }

  /** The keys that were written, in lists of one slot, as one command takes no others. What is written from now on isn't kept. */
  takeWritten(): string[][] {
    const bySlot = new Map<number, string[]>()
    for (const key of this.written ?? []) {
      const slot = slotOf(key)
      const keys = bySlot.get(slot)
      if (keys) keys.push(key)
      else bySlot.set(slot, [key])
    }
    this.written = undefined
    return [...bySlot.values()]
  }
}

/** The command that words call, if it is known, and which of them are keys. */
function known(words: Argv): { readonly command: Command | undefined; readonly places: readonly number[] } {
  const command = findCommand(words)
  return { command, places: command ? keyPlaces(command, words) : [] }
}
