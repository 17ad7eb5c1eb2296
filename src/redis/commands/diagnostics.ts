import { family, type Run } from '../command.js'
import type { LatencySeries } from '../latency-events.js'
import { NOTHING, OK, RedisError, type Reply, Typed, Verbatim, wrongForm } from '../reply.js'
import { sparkline } from '../sparkline.js'
import type { CommandStatistics } from '../statistics.js'
import { Words } from '../words.js'
import rows from './diagnostics.json' with { type: 'json' }

const GRAPH_COLUMNS = 80
const DEFAULT_ENTRIES = 10

const monitor: Run = (client) => {
  if (client.inTransaction) throw new RedisError("ERR MONITOR isn't allowed for DENY BLOCKING client")
  if (client.isMonitor) return NOTHING
  client.server.monitors.add(client)
  return OK
}

const badCount = () => new RedisError('ERR count should be greater than or equal to -1')

const slowest: Run = ({ server }, argv) => {
  if (argv.length > 3) throw wrongForm(argv)
  const count = argv.length === 3 ? new Words(argv, 2).count(badCount) : DEFAULT_ENTRIES
  if (count < -1) throw badCount()
  const { entries } = server.durations.slowLog
  return entries
    .slice(0, count === -1 ? entries.length : count)
    .map(({ id, time, microseconds, words, address, clientName }) => [
      ...[id, time, microseconds, words, address, clientName],
    ])
}

const latest: Run = ({ server }) =>
  [...server.durations.events.series].map(([event, { samples, highestMs }]) => {
    const { time, latencyMs } = samples.at(-1)!
    return [event, time, latencyMs, highestMs]
  })

const history: Run = ({ server }, [, , event]) =>
  server.durations.events.series.get(event)?.samples.map(({ time, latencyMs }) => [time, latencyMs]) ?? []

function age(seconds: number): string {
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

const graph: Run = ({ server }, [, , event]) => {
  const series = server.durations.events.series.get(event)
  if (!series) throw new RedisError(`ERR No samples available for event '${event}'`)
  const { highest, lowest } = rangeOf(series)
  const seconds = Math.floor(server.now / 1000)
  const heading = `${event} - high ${highest} ms, low ${lowest} ms (all time high ${series.highestMs} ms)`
  const bars = series.samples.map(({ time, latencyMs }) => ({ value: latencyMs, label: age(seconds - time) }))
  return new Verbatim(`${heading}\n${'-'.repeat(GRAPH_COLUMNS)}\n${sparkline(bars, GRAPH_COLUMNS, 4)}`)
}

function rangeOf({ samples }: LatencySeries): { highest: number; lowest: number } {
  const values = samples.map(({ latencyMs }) => latencyMs)
  return { highest: Math.max(...values), lowest: Math.min(...values) }
}

/** What LATENCY's samples say, in sentences. Redis also gives advice about its machine, which this server can't see. */
const doctor: Run = ({ server }) => {
  const { latencyMonitorThreshold } = server.settings
  if (latencyMonitorThreshold === 0)
    return new Verbatim(
      'Latency is not monitored: latency-monitor-threshold is 0. CONFIG SET latency-monitor-threshold <milliseconds> turns it on.\n',
    )
  const lines = [...server.durations.events.series].map(([event, series]) => {
    const { highest, lowest } = rangeOf(series)
    const mean = series.samples.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / series.samples.length
    return `${event}: ${series.samples.length} spikes of ${lowest} to ${highest} ms, ${mean.toFixed(1)} ms on average; the highest since LATENCY RESET took ${series.highestMs} ms.`
  })
  if (lines.length === 0) lines.push(`No command has taken ${latencyMonitorThreshold} ms or longer.`)
  return new Verbatim(`${lines.join('\n')}\n`)
}

const histogramOf = ({ latencies }: CommandStatistics): Reply =>
  new Typed('map', [
    ...['calls', latencies.total, 'histogram_usec'],
    new Typed('map', latencies.cumulative().flat()),
  ])

const histogram: Run = ({ server }, [, , ...names]) => {
  const wanted = names.map((name) => name.toLowerCase())
  const chosen = [...server.commands.values()].filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(name.split('|')[0]),
  )
  return new Typed(
    'map',
    chosen.flatMap((command) => {
      const row = server.stats.found(command)
      return row && row.latencies.total > 0 ? [command.name, histogramOf(row)] : []
    }),
  )
}

export const diagnostics = family('server', rows, {
  monitor,
  'slowlog|get': slowest,
  'slowlog|len': ({ server }) => server.durations.slowLog.entries.length,
  'slowlog|reset': ({ server }) => {
    server.durations.slowLog.clear()
    return OK
  },
  'latency|latest': latest,
  'latency|history': history,
  'latency|graph': graph,
  'latency|doctor': doctor,
  'latency|reset': ({ server }, [, , ...events]) => server.durations.events.reset(events),
  'latency|histogram': histogram,
})
