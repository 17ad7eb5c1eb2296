import type { Client } from './client.js'
import type { Command } from './command.js'
import { withoutSecrets } from './monitors.js'
import type { Settings } from './settings.js'

const MAX_WORDS = 32
const MAX_BYTES = 128

/** A command that took long. */
export interface SlowEntry {
  readonly id: number
  /** When it ended, in seconds since 1970. */
  readonly time: number
  readonly microseconds: number
  /** Its words, the long ones and the many of them cut. */
  readonly words: readonly string[]
  readonly address: string
  readonly clientName: string
}

/** The commands that took longest ago last: SLOWLOG. */
export class SlowLog {
  /** The latest first. */
  readonly entries: SlowEntry[] = []
  private nextId = 0

  constructor(private readonly settings: Settings) {}

  /** Notes a command that took at least slowlog-log-slower-than. */
  note(client: Client, command: Command, argv: readonly string[], microseconds: number): void {
    const { slowlogLogSlowerThan, slowlogMaxLen } = this.settings
    if (slowlogLogSlowerThan < 0 || command.flags.includes('skip_slowlog')) return
    const { peer, name, server } = client.script?.caller ?? client
    this.entries.unshift({
      id: this.nextId++,
      time: Math.floor(server.now / 1000),
      microseconds,
      words: shortened(withoutSecrets(command, argv)),
      address: peer.address,
      clientName: name,
    })
    if (this.entries.length > slowlogMaxLen) this.entries.length = slowlogMaxLen
  }

  clear(): void {
    this.entries.length = 0
  }
}

function shortened(argv: readonly string[]): string[] {
  const words = argv
    .slice(0, argv.length > MAX_WORDS ? MAX_WORDS - 1 : MAX_WORDS)
    .map((word) =>
      word.length > MAX_BYTES
        ? `${word.slice(0, MAX_BYTES)}... (${word.length - MAX_BYTES} more bytes)`
        : word,
    )
  if (argv.length > MAX_WORDS) words.push(`... (${argv.length - MAX_WORDS + 1} more arguments)`)
  return words
}
