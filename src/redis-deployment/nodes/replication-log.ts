import type { Change, LogEntry } from '../messages/protocol.js'

/** repl-backlog-size: bytes of the log that a master keeps for reconnecting replicas. */
const BACKLOG = 1 << 20

/**
 * A master's history of changes: every byte has an offset. A replica that lost the connection goes on from its
 * offset as long as that is in the backlog; one with another history gets everything anew.
 *
 * A node that is promoted begins a history of its own and remembers the one it left and where, so that replicas of
 * its old master can go on too. Redis 7.0, replication.c: PSYNC2.
 */
export class ReplicationLog {
  offset = 0
  private entries: LogEntry[] = []
  private first = 0
  private bytes = 0
  private previous: { readonly history: string; readonly offset: number } | undefined

  constructor(public history: string) {}

  append(changes: readonly Change[], bytes: number): LogEntry {
    const entry = { from: this.offset, to: this.offset + bytes, changes }
    this.add(entry)
    return entry
  }

  /** Adds an entry. */
  add(entry: LogEntry): void {
    this.entries.push(entry)
    this.offset = entry.to
    this.bytes += entry.to - entry.from
    while (this.bytes > BACKLOG && this.first < this.entries.length - 1) {
      const { from, to } = this.entries[this.first++]
      this.bytes -= to - from
    }
    if (this.first > 1024 && this.first > this.entries.length / 2) {
      this.entries = this.entries.slice(this.first)
      this.first = 0
    }
  }

  /** The entries after an offset of a history; undefined if they aren't all here. */
  since(history: string, offset: number): readonly LogEntry[] | undefined {
    const { previous } = this
    const isOurs =
      (history === this.history && offset <= this.offset) ||
      (history === previous?.history && offset <= previous.offset)
    if (!isOurs) return undefined
    if (offset === this.offset) return []
    let at = this.first
    while (at < this.entries.length && this.entries[at].from < offset) at++
    return this.entries[at]?.from === offset ? this.entries.slice(at) : undefined
  }

  /** Starts a new history at the current offset. */
  fork(history: string): void {
    this.previous = { history: this.history, offset: this.offset }
    this.history = history
  }

  /** Starts over at an offset of another node's history. */
  restart(history: string, offset: number): void {
    this.history = history
    this.offset = offset
    this.entries = []
    this.first = 0
    this.bytes = 0
    this.previous = undefined
  }
}
