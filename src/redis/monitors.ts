import type { Client } from './client.js'
import type { Command } from './command.js'
import { Status } from './reply.js'
import { quoted } from './split.js'

/** Clients that are shown every command: MONITOR. */
export class Monitors {
  private readonly clients = new Set<Client>()
  /** Lines for the client whose command is shown, which come after its reply. */
  private own: Status[] = []

  get any(): boolean {
    return this.clients.size > 0
  }

  add(client: Client): void {
    client.setMonitor(true)
    this.clients.add(client)
  }

  remove(client: Client): void {
    if (this.clients.delete(client)) client.setMonitor(false)
  }

  /** Shows a command that has run, unless it is one of administration. */
  show(client: Client, command: Command, argv: readonly string[]): void {
    if (command.flags.includes('admin') || command.flags.includes('skip_monitor')) return
    this.feed(client, withoutSecrets(command, argv))
  }

  /** Shows words as a command of a client. */
  feed(client: Client, argv: readonly string[]): void {
    const { server, db, script, peer } = client
    const micros = Math.floor(server.clock.micros())
    const time = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
    const line = new Status(
      `${time} [${db.index} ${script ? 'lua' : peer.address}] ${argv.map((word) => quoted(word.slice(0, MAX_SHOWN_BYTES))).join(' ')}`,
    )
    for (const monitor of this.clients) {
      if (monitor === server.current) this.own.push(line)
      else monitor.say(line)
    }
  }

  takeOwn(): Status[] {
    const { own } = this
    if (own.length > 0) this.own = []
    return own
  }
}

/** Bytes of a word that monitors see. */
const MAX_SHOWN_BYTES = 16 << 20
const HIDDEN = '(redacted)'

/** A command's words without passwords. */
export function withoutSecrets({ name }: Command, argv: readonly string[]): readonly string[] {
  if (name === 'auth') return argv.map((word, i) => (i === 0 ? word : HIDDEN))
  if (name !== 'hello') return argv
  const at = argv.findIndex((word, i) => i > 1 && word.toUpperCase() === 'AUTH')
  return at < 0 ? argv : argv.map((word, i) => (i === at + 1 || i === at + 2 ? HIDDEN : word))
}
