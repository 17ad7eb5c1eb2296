import type { Client } from './client.js'
import type { Command } from './command.js'
import { LatencyEvents } from './latency-events.js'
import type { Server } from './server.js'
import { SlowLog } from './slow-log.js'

/** What is kept of how long commands took, in microseconds: by INFO latencystats, by SLOWLOG and by LATENCY. */
export class Durations {
  readonly slowLog: SlowLog
  readonly events = new LatencyEvents()

  constructor(private readonly server: Server) {
    this.slowLog = new SlowLog(server.settings)
  }

  /** A command has run. One that blocks its client is noted when the client gets its reply. */
  ran(client: Client, command: Command, argv: readonly string[], took: number): void {
    const { settings, seconds } = this.server
    if (client.waiting !== undefined) client.blockedBy = { command, argv, took }
    else this.note(client, command, argv, took)
    if (settings.latencyMonitorThreshold > 0) this.events.note(command, took, settings, seconds)
  }

  /** A client gets the reply that it was blocked for: its command ends. */
  unblocked(client: Client): void {
    const { blockedBy } = client
    if (!blockedBy) return
    client.blockedBy = undefined
    this.note(client, blockedBy.command, blockedBy.argv, blockedBy.took)
  }

  private note(client: Client, command: Command, argv: readonly string[], took: number): void {
    const { settings, stats } = this.server
    if (settings.latencyTracking) stats.of(command).latencies.add(took)
    if (took >= settings.slowlogLogSlowerThan) this.slowLog.note(client, command, argv, took)
  }
}
