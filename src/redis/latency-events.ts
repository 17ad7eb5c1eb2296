import type { Command } from './command.js'
import type { Settings } from './settings.js'

const MAX_SAMPLES = 160

/** The highest latency in one second. */
export interface LatencySample {
  /** Seconds since 1970. */
  readonly time: number
  latencyMs: number
}

/** An event's latest samples, the oldest first, and the highest latency ever. */
export interface LatencySeries {
  readonly samples: LatencySample[]
  highestMs: number
}

/** Events that took at least latency-monitor-threshold: LATENCY. The events are `command` and `fast-command`. */
export class LatencyEvents {
  readonly series = new Map<string, LatencySeries>()

  /** Notes how long a command took, if the threshold is reached. */
  note(command: Command, microseconds: number, { latencyMonitorThreshold }: Settings, seconds: number): void {
    const latencyMs = Math.floor(microseconds / 1000)
    if (latencyMs < latencyMonitorThreshold) return
    const event = command.flags.includes('fast') ? 'fast-command' : 'command'
    const series = this.series.get(event) ?? { samples: [], highestMs: 0 }
    this.series.set(event, series)
    series.highestMs = Math.max(series.highestMs, latencyMs)
    const last = series.samples.at(-1)
    if (last?.time === seconds) last.latencyMs = Math.max(last.latencyMs, latencyMs)
    else series.samples.push({ time: seconds, latencyMs })
    if (series.samples.length > MAX_SAMPLES) series.samples.shift()
  }

  /** Forgets events by name, or all of them; how many. */
  reset(events: readonly string[]): number {
    const names = new Set(events.map((event) => event.toLowerCase()))
    const gone = [...this.series.keys()].filter((event) => names.size === 0 || names.has(event))
    for (const event of gone) this.series.delete(event)
    return gone.length
  }
}
