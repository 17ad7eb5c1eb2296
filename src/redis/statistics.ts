import type { Command } from './command.js'
import { LatencyHistogram } from './latency-histogram.js'
import type { RedisError } from './reply.js'

/** How often a command ran, and with what end. */
export class CommandStatistics {
  calls = 0
  microseconds = 0
  /** Errors before it could run. */
  rejected = 0
  /** Errors while it ran. */
  failed = 0
  readonly latencies = new LatencyHistogram()
}

/** What the server has counted since its start, or since CONFIG RESETSTAT. */
export class Statistics {
  commands = 0
  expired = 0
  /** Keys that were read, or were asked for and not there. */
  hits = 0
  misses = 0
  connections = 0
  rejectedConnections = 0
  /** Bytes over TCP. */
  inputBytes = 0
  outputBytes = 0
  errorReplies = 0
  /** Error replies by their first word. */
  errors = new Map<string, number>()
  private rows: (CommandStatistics | undefined)[] = []

  /** The row of a command, made at its first use. */
  of({ index }: Command): CommandStatistics {
    const found = this.rows[index]
    if (found !== undefined) return found
    const made = new CommandStatistics()
    this.rows[index] = made
    return made
  }

  /** The row of a command that was called, failed or was rejected; else undefined. */
  found({ index }: Command): CommandStatistics | undefined {
    return this.rows[index]
  }

  countError({ text }: RedisError): void {
    const code = /^\S{1,31}(?= )/.exec(text)?.[0] ?? 'ERR'
    this.errorReplies++
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1)
  }

  reset(): void {
    Object.assign(this, new Statistics())
  }
}
