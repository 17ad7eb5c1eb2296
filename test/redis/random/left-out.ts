/** Commands that no program has, by the reason. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'its reply tells about the process, the machine or the time': [
    'info',
    'debug',
    'client|id',
    'client|info',
    'client|list',
    'command',
    'command|count',
    'memory|doctor',
    'memory|malloc-stats',
    'memory|stats',
    'latency|histogram',
    'slowlog|get',
    'slowlog|len',
    'acl|getuser',
    'acl|list',
    'acl|log',
  ],
  'it ends the server or a connection, or changes how the run can talk to it': [
    'client|kill',
    'client|pause',
    'client|reply',
    'failover',
    'monitor',
    'quit',
    'replicaof',
    'script|debug',
    'shutdown',
    'slaveof',
  ],
  'its reply is in words of our own, or tells about all commands, of which we have some': [
    'command|docs',
    'latency|doctor',
  ],
  'it writes files': ['bgrewriteaof', 'bgsave', 'config|rewrite', 'save'],
  'it takes seconds in the real server': ['pfselftest'],
}
/** Commands that only scenes send, such as a transaction. */
const IN_SCENES = [
  'discard',
  'exec',
  'multi',
  'psubscribe',
  'punsubscribe',
  'ssubscribe',
  'subscribe',
  'sunsubscribe',
  'unsubscribe',
  'watch',
]

const names = new Set([...Object.values(REASONS).flat(), ...IN_SCENES])

/** Whether a command isn't drawn by itself. Texts of HELP are recorded. */
export const isLeftOut = (name: string): boolean => names.has(name) || name.endsWith('|help')
/** All names that are left out. */
export const leftOut: ReadonlySet<string> = names

/** Parameters that CONFIG SET doesn't get, by the reason. */
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  'items are evicted by chance': /^(maxmemory(-clients)?|tracking-table-max-keys)$/,
  'connections end, are refused or wait':
    /^(timeout|client-.*|proto-.*|busy-reply-threshold|maxclients|tcp-.*|port|bind.*|protected-mode|requirepass|tls-.*|user.*)$/,
  'most commands are refused from then on': /^min-(replicas|slaves)-to-write$/,
  'the real server applies it to what is stored, but not to what is restored':
    /^(hash|zset)-max-(listpack|ziplist)-value$/,
  'files are written':
    /^(appendonly|save|dir|dbfilename|aof-.*|rdb-.*|stop-writes-.*|loglevel|logfile|syslog.*)$/,
  'the process or the machine decides':
    /^(oom-.*|crash-.*|watchdog-period|activedefrag|proc-title-.*|jemalloc-.*|key-load-delay|shutdown-.*|pidfile|daemonize|io-threads.*|enable-.*)$/,
  'times are measured': /^(latency-.*|slowlog-.*)$/,
  'damaged dumps may end the real server, which then trusts them': /^sanitize-dump-payload$/,
}
const kept = Object.values(PARAMETERS)

export const isParameterLeftOut = (name: string): boolean => kept.some((pattern) => pattern.test(name))
