import { describe, expect, test } from 'vitest'
import { type Reply, toBytes } from '../../src/redis/reply.js'
import { ask } from '../../src/redis/script.js'
import { encode } from '../../src/redis/serve/encode.js'
import { Bytes } from '../../src/redis/values/bytes.js'
import { connect } from './client.js'

/** Sections of an INFO by name, each with its fields. */
function sectionsOf(text: unknown): Record<string, Record<string, string>> {
  return Object.fromEntries(
    String(text)
      .split(/^# /m)
      .slice(1)
      .map((section) => {
        const [name, ...lines] = section.trimEnd().split('\r\n')
        return [name, Object.fromEntries(lines.map((line) => line.split(':') as [string, string]))]
      }),
  )
}

describe('INFO', () => {
  test('has a section alone, some, or all', () => {
    const { say } = connect()
    expect(say('INFO modules')).toBe('# Modules\r\n')
    expect(say('INFO CLUSTER keyspace')).toBe('# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n')
    expect(say('INFO nothing')).toBe('')
    const names = [
      ...['Server', 'Clients', 'Memory', 'Persistence', 'Stats', 'Replication', 'CPU', 'Modules'],
      ...['Commandstats', 'Errorstats', 'Latencystats', 'Cluster', 'Keyspace'],
    ]
    for (const line of ['INFO all', 'INFO everything', 'INFO nothing all'])
      expect([line, Object.keys(sectionsOf(say(line)))]).toEqual([line, names])
    const shown = names.filter((name) => !['Commandstats', 'Latencystats'].includes(name))
    for (const line of ['INFO', 'INFO DEFAULT', 'INFO nothing default'])
      expect([line, Object.keys(sectionsOf(say(line)))]).toEqual([line, shown])
    expect(Object.keys(sectionsOf(say('INFO default latencystats')))).toContain('Latencystats')
  })

  test('says what the server is and has done', () => {
    const { server, say } = connect()
    say('SET a 1')
    say('SET b 2 PX 5000')
    say('SELECT 3')
    say('SET c 3')
    say('DEBUG SLEEP 61.5')
    say('SELECT 0')
    expect(say('GET b')).toBe(null)
    const waiting = server.connect()
    server.execute(waiting, ['BLPOP', 'none', '0'])
    const { Server, Clients, Memory, Stats, Keyspace } = sectionsOf(say('INFO'))
    expect(Server).toMatchObject({
      redis_version: '7.0.15',
      server_name: 'cachelab',
      uptime_in_seconds: '61',
    })
    expect(Clients).toMatchObject({ connected_clients: '2', blocked_clients: '1', maxclients: '10000' })
    expect(Memory).toMatchObject({ maxmemory: '0', maxmemory_policy: 'noeviction' })
    expect(Stats).toMatchObject({
      expired_keys: '1',
      evicted_keys: '0',
      keyspace_hits: '0',
      keyspace_misses: '1',
    })
    expect(Number(Stats.total_commands_processed)).toBeGreaterThan(6)
    expect(Keyspace).toEqual({
      db0: 'keys=1,expires=0,avg_ttl=0',
      db3: 'keys=1,expires=0,avg_ttl=0',
    })
    say('CONFIG RESETSTAT')
    expect(sectionsOf(say('INFO stats')).Stats).toMatchObject({ expired_keys: '0' })
  })
})

test.each([
  ['DEBUG NOPE', "ERR unknown subcommand or wrong number of arguments for 'NOPE'. Try DEBUG HELP."],
  ['DEBUG SLEEP', "ERR unknown subcommand or wrong number of arguments for 'SLEEP'. Try DEBUG HELP."],
  ['DEBUG NOPE 1', "ERR unknown subcommand or wrong number of arguments for 'NOPE'. Try DEBUG HELP."],
  ['DEBUG SLEEP 1 2', "ERR unknown subcommand or wrong number of arguments for 'SLEEP'. Try DEBUG HELP."],
  ['DEBUG SLEEP 315360001', 'ERR value is not a valid float'],
  ['CONFIG SET maxmemory', "ERR wrong number of arguments for 'config|set' command"],
  ['CONFIG SET maxmemory 1 timeout', 'ERR syntax error'],
  ['MEMORY USAGE k NOPE 1', 'ERR syntax error'],
  ['MEMORY USAGE k SAMPLES', 'ERR syntax error'],
  ['MEMORY USAGE k SAMPLES -1', 'ERR syntax error'],
  ['COMMAND GETKEYS NOPE x', 'ERR Invalid command specified'],
  ['COMMAND GETKEYS SET x', 'ERR Invalid number of arguments specified for command'],
  ['COMMAND GETKEYS GET a b', 'ERR Invalid number of arguments specified for command'],
  ['COMMAND GETKEYS MSET x', 'ERR Invalid number of arguments specified for command'],
  ['COMMAND GETKEYS PING', "ERR wrong number of arguments for 'command|getkeys' command"],
  ['COMMAND GETKEYS ECHO x', 'ERR The command has no key arguments'],
  ['COMMAND LIST FILTERBY', 'ERR syntax error'],
  ['COMMAND LIST FILTERBY PATTERN', 'ERR syntax error'],
  ['COMMAND LIST NOPE PATTERN x', 'ERR syntax error'],
  ['COMMAND LIST FILTERBY NOPE x', 'ERR syntax error'],
  ['FLUSHALL ASYNC SYNC', 'ERR syntax error'],
  ['FLUSHDB NOPE', 'ERR syntax error'],
])('%s is refused', (line, error) => {
  const { say } = connect()
  say('SET k v')
  expect(say(line)).toEqual({ error })
  expect(say('DBSIZE')).toBe(1)
})

test('what is right at the limits of the same', () => {
  const { say } = connect()
  say('SET k v')
  for (const line of ['MEMORY USAGE k', 'MEMORY USAGE k SAMPLES 0', 'memory usage k samples 5 SAMPLES 1'])
    expect([line, say(line)]).toEqual([line, say('MEMORY USAGE k')])
  expect(say('MEMORY USAGE none')).toBe(null)
  expect(say('DEBUG SLEEP 0')).toEqual({ status: 'OK' })
  expect(say('debug sleep 315360000')).toEqual({ status: 'OK' })
  expect(say('COMMAND GETKEYS MGET a b')).toEqual(['a', 'b'])
})

test('CONFIG GET takes several patterns, in either case', () => {
  const { say } = connect()
  expect(say('CONFIG GET MAXMEMORY')).toEqual(['MAXMEMORY', '0'])
  const names = (say('CONFIG GET maxmemory-policy maxmemory-s*') as string[]).filter((_, i) => i % 2 === 0)
  expect(names).toEqual(expect.arrayContaining(['maxmemory-policy', 'maxmemory-samples']))
  expect(names.every((name) => /^maxmemory-(policy|s)/.test(name))).toBe(true)
})

test('FLUSHDB empties one database, FLUSHALL all', () => {
  const { say } = connect()
  const fill = () => ['SELECT 1', 'SET b 1', 'SELECT 0', 'SET a 1'].map((line) => say(line))
  const sizes = () =>
    ['SELECT 1', 'DBSIZE', 'SELECT 0', 'DBSIZE'].map((line) => say(line)).filter(Number.isInteger)
  fill()
  say('FLUSHDB')
  expect(sizes()).toEqual([1, 0])
  fill()
  say('FLUSHALL')
  expect(sizes()).toEqual([0, 0])
  fill()
  say('SWAPDB 0 0')
  expect(sizes()).toEqual([1, 1])
})

test('INFO counts calls, errors and lookups', () => {
  const { say } = connect()
  for (const line of [
    'SET k v',
    'INCR k',
    'GET',
    'GET k',
    'GET none',
    'EXISTS k none',
    'TTL k',
    'CONFIG GET nope',
    'NOPE',
  ])
    say(line)
  const { Stats, Commandstats, Errorstats } = sectionsOf(say('INFO all'))
  expect(Stats).toMatchObject({ keyspace_hits: '3', keyspace_misses: '2', total_error_replies: '3' })
  expect(Errorstats).toEqual({ errorstat_ERR: 'count=3' })
  const counted = Object.entries(Commandstats).map(([name, text]) => [
    name,
    ...(String(text).match(/\d+(?=$|,)/g) ?? []),
  ])
  expect(counted.map(([name, calls, , , rejected, failed]) => [name, calls, rejected, failed])).toEqual(
    expect.arrayContaining([
      ['cmdstat_set', '1', '0', '0'],
      ['cmdstat_incr', '1', '0', '1'],
      ['cmdstat_get', '2', '1', '0'],
      ['cmdstat_config|get', '1', '0', '0'],
    ]),
  )
  say('CONFIG SET latency-tracking-info-percentiles "0 50 100"')
  expect(say('INFO latencystats')).toContain('latency_percentiles_usec_get:p0=0.000,p50=0.000,p100=0.000\r\n')
  say('CONFIG RESETSTAT')
  expect(sectionsOf(say('INFO all'))).toMatchObject({ Errorstats: {}, Latencystats: {} })
})

test('INFO has the mean time to live of a database', () => {
  const { say } = connect()
  for (let i = 0; i < 200; i++) say(`SET k${i} v PX ${1000 * (i + 1)}`)
  const { Keyspace } = sectionsOf(say('INFO keyspace'))
  const [, keys, expires, mean] = /^keys=(\d+),expires=(\d+),avg_ttl=(\d+)$/.exec(Keyspace.db0)!.map(Number)
  expect([keys, expires]).toEqual([200, 200])
  expect(Math.abs(mean - 100_500)).toBeLessThan(1000)
})

test('TIME is in seconds and microseconds', () => {
  const { server, say } = connect()
  server.clock.advance(1234.567)
  server.tick()
  const [seconds, microseconds] = (say('TIME') as string[]).map(Number)
  expect(seconds * 1e6 + microseconds).toBeCloseTo(server.now * 1000, 0)
  expect(microseconds).toBeLessThan(1e6)
})

describe('COMMAND', () => {
  test('INFO describes what it is asked for, or all', () => {
    const { say } = connect()
    const all = say('COMMAND INFO') as [string][]
    expect(all.length).toBeGreaterThan(160)
    const names = all.map(([name]) => name)
    expect(names).not.toContain('config|get')
    const [container] = say('COMMAND INFO config') as unknown[][]
    expect((container[9] as [string][]).map(([name]) => name)).toEqual(
      say('COMMAND LIST FILTERBY PATTERN config|*') as string[],
    )
    expect(say('COMMAND COUNT')).toBe(all.length)
  })

  test('DOCS has a summary, a group and a complexity, in RESP3 as maps', () => {
    const { client, say } = connect()
    const [name, [...facts]] = say('COMMAND DOCS GET nope') as [string, string[]]
    expect([name, ...[0, 2, 4, 5, 6].map((i) => facts[i])]).toEqual([
      ...['get', 'summary', 'since', 'group', 'string', 'complexity'],
    ])
    expect(say('COMMAND DOCS nope')).toEqual([])
    expect(say('COMMAND DOCS')).toHaveLength(2 * (say('COMMAND INFO') as unknown[]).length)
    say('HELLO 3')
    expect(encode(ask(client, ['COMMAND', 'DOCS', toBytes('get')]), 3)).toMatch(/^%1\r\n\$3\r\nget\r\n%4\r\n/)
  })

  test('LIST by the categories of ACL', () => {
    const { say } = connect()
    const found = say('COMMAND LIST FILTERBY ACLCAT Transaction') as string[]
    expect(found.sort()).toEqual(['discard', 'exec', 'multi', 'unwatch', 'watch'])
  })

  test('LIST has subcommands and their containers, and takes a pattern', () => {
    const { say } = connect()
    const all = say('COMMAND LIST') as string[]
    expect(all).toEqual(expect.arrayContaining(['get', 'config', 'config|get']))
    expect(new Set(all).size).toBe(all.length)
    expect(say('COMMAND LIST FILTERBY PATTERN CONFIG*')).toEqual(
      all.filter((name) => name.startsWith('config')),
    )
    expect(say('command list filterby pattern get')).toEqual(['get'])
  })
})

describe('a watched key whose time is over, where keys stay until somebody asks for them', () => {
  const watching = (...lines: string[]) => {
    const { say } = connect()
    for (const line of ['DEBUG SET-ACTIVE-EXPIRE 0', ...lines, 'MULTI', 'PING']) say(line)
    return say('EXEC')
  }
  const after = 'DEBUG SLEEP 0.002'

  test('fails a transaction if it was there at WATCH', () => {
    expect(watching('SET x 1 PX 1', 'WATCH x', after)).toBeNull()
    expect(watching('SET x 1 PX 1', 'WATCH x', after, 'SWAPDB 0 1')).toBeNull()
  })

  test('fails none if it was over before', () => {
    const pong = [{ status: 'PONG' }]
    const stale = ['SET x 1 PX 1', after]
    expect(watching(...stale, 'WATCH x')).toEqual(pong)
    expect(watching(...stale, 'WATCH x', 'EXISTS x')).toEqual(pong)
    expect(watching(...stale, 'WATCH x', 'FLUSHDB')).toEqual(pong)
    expect(watching(...stale, 'WATCH x', 'SWAPDB 0 1')).toEqual(pong)
    expect(watching(...stale, 'SELECT 1', 'WATCH x', 'SWAPDB 0 1')).toEqual(pong)
    expect(watching(...stale, 'WATCH x', 'SET x 2')).toBeNull()
  })
})

test('while the process has no memory left, commands that need more are refused', () => {
  const { server, say } = connect()
  say('SET kept v')
  server.isHeapFull = true
  const error = { error: "OOM command not allowed when used memory > 'maxmemory'." }
  expect(
    ['SET other v', 'RPUSH list v', 'GET kept', 'DEL kept', 'MULTI', 'SET a b', 'EXEC'].map(say),
  ).toEqual([
    ...[error, error, 'v', 1, { status: 'OK' }, error],
    { error: 'EXECABORT Transaction discarded because of previous errors.' },
  ])
})

test('a word that is kept as bytes is stored, logged and shown as a text is', () => {
  const { server, client, say } = connect()
  server.settings.assign('slowlog-log-slower-than', '0')
  const lines: unknown[] = []
  server.execute(
    server.connect((line) => lines.push(line)),
    ['MONITOR'],
  )
  const word = new Bytes('x'.repeat(200)) as unknown as string
  expect(server.execute(client, ['SET', 'k', word])).toEqual({ text: 'OK' })
  expect(say('STRLEN k')).toBe(200)
  const logged = say('SLOWLOG GET -1') as unknown[][]
  expect(logged.map((entry) => entry[3])).toContainEqual([
    'SET',
    'k',
    `${'x'.repeat(128)}... (72 more bytes)`,
  ])
  expect(JSON.stringify(lines)).toContain('x'.repeat(200))
})

test('a client hears of the keys that tracking-table-max-keys takes before it gets its reply', () => {
  const { server, say } = connect()
  let heard = ''
  const client = server.connect((reply) => {
    heard += encode(reply, 3)
  })
  const send = (line: string) => {
    const reply = encode(server.execute(client, line.split(' ')) as Reply, 3)
    const bytes = heard + reply
    heard = ''
    return bytes
  }
  for (const line of ['HELLO 3', 'CLIENT TRACKING ON', 'MGET 1 2', 'MULTI']) send(line)
  say('CONFIG SET tracking-table-max-keys 1')
  expect(send('PING')).toMatch(/^>2\r\n\$10\r\ninvalidate\r\n\*1\r\n\$1\r\n[12]\r\n\+QUEUED\r\n$/)
  expect(send('EXEC')).toBe('*1\r\n+PONG\r\n')
})
