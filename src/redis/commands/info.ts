import type { Run } from '../command.js'
import type { Database } from '../database.js'
import { Verbatim } from '../reply.js'
import type { Server } from '../server.js'
import { modeOf } from './cluster.js'
import { REDIS_VERSION } from './connection.js'
import { memoryOf } from './memory-reports.js'

type Facts = Readonly<Record<string, string | number>>

/** Keys whose times to live are looked at for the mean. */
const SAMPLES = 100
const UNITS = ['B', 'K', 'M', 'G', 'T']
const DAY = 86_400
const NO_ID = '0'.repeat(40)

/** Bytes as people read them. */
function human(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return power === 0 ? `${bytes}B` : `${(bytes / 1024 ** power).toFixed(2)}${UNITS[power]}`
}

const seconds = (ms: number) => Math.floor(ms / 1000)

function serverFacts(server: Server): Facts {
  const { now, startedAt, settings, runId } = server
  const uptime = seconds(now - startedAt)
  return {
    redis_version: REDIS_VERSION,
    redis_mode: modeOf(server),
    server_name: 'cachelab',
    arch_bits: 64,
    run_id: runId,
    tcp_port: settings.port,
    server_time_usec: now * 1000,
    uptime_in_seconds: uptime,
    uptime_in_days: Math.floor(uptime / DAY),
    hz: settings.hz,
    configured_hz: settings.hz,
    lru_clock: seconds(now) % (1 << 24),
  }
}

function clientFacts({ clients, settings, tracking, blocking }: Server): Facts {
  return {
    connected_clients: clients.size,
    cluster_connections: 0,
    maxclients: settings.maxclients,
    blocked_clients: blocking.count,
    tracking_clients: tracking?.clientCount ?? 0,
    clients_in_timeout_table: blocking.timedCount,
  }
}

function memoryFacts(server: Server): Facts {
  const { settings } = server
  const { total, dataset, clients } = memoryOf(server)
  return {
    used_memory: total,
    used_memory_human: human(total),
    used_memory_overhead: clients,
    used_memory_dataset: dataset,
    number_of_cached_scripts: server.scriptCount,
    maxmemory: settings.maxmemory,
    maxmemory_human: human(settings.maxmemory),
    maxmemory_policy: settings.maxmemoryPolicy,
    mem_not_counted_for_evict: clients,
    mem_replication_backlog: 0,
    mem_clients_slaves: 0,
    mem_clients_normal: clients,
    mem_aof_buffer: 0,
    active_defrag_running: 0,
    lazyfree_pending_objects: 0,
    lazyfreed_objects: 0,
  }
}

function persistenceFacts({ keyspace }: Server): Facts {
  return {
    loading: 0,
    async_loading: 0,
    rdb_changes_since_last_save: keyspace.changes,
    rdb_bgsave_in_progress: 0,
    rdb_last_bgsave_status: 'ok',
    rdb_last_bgsave_time_sec: -1,
    rdb_current_bgsave_time_sec: -1,
    aof_enabled: 0,
    aof_rewrite_in_progress: 0,
    aof_rewrite_scheduled: 0,
    aof_last_bgrewrite_status: 'ok',
    aof_last_write_status: 'ok',
  }
}

function statsFacts({ stats, keyspace, pubsub, tracking }: Server): Facts {
  return {
    total_connections_received: stats.connections,
    total_commands_processed: stats.commands,
    total_net_input_bytes: stats.inputBytes,
    total_net_output_bytes: stats.outputBytes,
    rejected_connections: stats.rejectedConnections,
    expired_keys: stats.expired,
    evicted_keys: keyspace.eviction.evicted,
    evicted_clients: 0,
    keyspace_hits: stats.hits,
    keyspace_misses: stats.misses,
    pubsub_channels: pubsub.channels.size,
    pubsub_patterns: pubsub.patterns.size,
    pubsubshard_channels: pubsub.shardChannels.size,
    latest_fork_usec: 0,
    total_forks: 0,
    tracking_total_keys: tracking?.keyCount ?? 0,
    tracking_total_items: tracking?.itemCount ?? 0,
    tracking_total_prefixes: tracking?.prefixCount ?? 0,
    unexpected_error_replies: 0,
    total_error_replies: stats.errorReplies,
  }
}

function replicationFacts({ runId, settings }: Server): Facts {
  return {
    role: 'master',
    connected_slaves: 0,
    master_failover_state: 'no-failover',
    master_replid: [...runId].reverse().join(''),
    master_replid2: NO_ID,
    master_repl_offset: 0,
    second_repl_offset: -1,
    repl_backlog_active: 0,
    repl_backlog_size: settings.replBacklogSize,
    repl_backlog_first_byte_offset: 0,
    repl_backlog_histlen: 0,
  }
}

function cpuFacts({ clock }: Server): Facts {
  const { user, system } = clock.cpu()
  return {
    used_cpu_sys: system.toFixed(6),
    used_cpu_user: user.toFixed(6),
    used_cpu_sys_children: '0.000000',
    used_cpu_user_children: '0.000000',
  }
}

/** A fact of each command that has run or was refused. */
function ofCommands(
  { commands, stats }: Server,
  tell: (row: CommandRow) => string | undefined,
  prefix: string,
): Facts {
  const facts: Record<string, string> = {}
  for (const command of commands.values()) {
    const row = stats.found(command)
    const text = row && tell(row)
    if (text !== undefined) facts[`${prefix}_${command.name}`] = text
  }
  return facts
}

type CommandRow = NonNullable<ReturnType<Server['stats']['found']>>

const calls = ({ calls, microseconds, rejected, failed }: CommandRow) =>
  `calls=${calls},usec=${microseconds},usec_per_call=${(calls === 0 ? 0 : microseconds / calls).toFixed(2)},rejected_calls=${rejected},failed_calls=${failed}`

const latencies =
  ({ settings }: Server) =>
  ({ latencies }: CommandRow): string | undefined =>
    latencies.total === 0
      ? undefined
      : settings.latencyTrackingInfoPercentiles
          .map((percent) => `p${percent}=${latencies.percentile(percent).toFixed(3)}`)
          .join(',')

/** The mean time to live, of keys that are spread over all. */
function meanTtl({ expiries }: Database, now: number): number {
  const count = Math.min(SAMPLES, expiries.size)
  let sum = 0
  for (let i = 0; i < count; i++) {
    const [{ score }] = expiries.range(Math.floor((i * expiries.size) / count), 1)
    sum += Math.max(0, score - now)
  }
  return count === 0 ? 0 : Math.floor(sum / count)
}

function keyspaceFacts({ databases, now }: Server): Facts {
  return Object.fromEntries(
    databases
      .filter(({ size }) => size > 0)
      .map((db) => [
        `db${db.index}`,
        `keys=${db.size},expires=${db.expiries.size},avg_ttl=${meanTtl(db, now)}`,
      ]),
  )
}

/** The sections in Redis's order, each with the choices that show it. */
const sections: Readonly<
  Record<string, readonly [title: string, isDefault: boolean, facts: (server: Server) => Facts]>
> = {
  server: ['Server', true, serverFacts],
  clients: ['Clients', true, clientFacts],
  memory: ['Memory', true, memoryFacts],
  persistence: ['Persistence', true, persistenceFacts],
  stats: ['Stats', true, statsFacts],
  replication: ['Replication', true, replicationFacts],
  cpu: ['CPU', true, cpuFacts],
  modules: ['Modules', true, () => ({})],
  commandstats: ['Commandstats', false, (server) => ofCommands(server, calls, 'cmdstat')],
  errorstats: [
    'Errorstats',
    true,
    ({ stats }) =>
      Object.fromEntries([...stats.errors].map(([code, count]) => [`errorstat_${code}`, `count=${count}`])),
  ],
  latencystats: [
    'Latencystats',
    false,
    (server) =>
      server.settings.latencyTracking
        ? ofCommands(server, latencies(server), 'latency_percentiles_usec')
        : {},
  ],
  cluster: ['Cluster', true, ({ cluster }) => ({ cluster_enabled: cluster ? 1 : 0 })],
  keyspace: ['Keyspace', true, keyspaceFacts],
}

/** INFO: sections by name; without a name those that are shown by default. */
export const info: Run = ({ server }, [, ...wanted]) => {
  const names = wanted.length === 0 ? ['default'] : wanted.map((name) => name.toLowerCase())
  const isAll = names.includes('all') || names.includes('everything')
  const hasDefault = names.includes('default')
  const chosen = Object.entries(sections).filter(
    ([name, [, isDefault]]) => isAll || names.includes(name) || (hasDefault && isDefault),
  )
  const texts = chosen.map(([, [title, , facts]]) => {
    const lines = Object.entries(facts(server)).map(([name, value]) => `${name}:${value}\r\n`)
    return `# ${title}\r\n${lines.join('')}`
  })
  return new Verbatim(texts.join('\r\n'))
}
