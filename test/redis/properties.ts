import fc from 'fast-check'
import { expect } from 'vitest'
import { commands } from '../../src/redis/table.js'
import { connect } from './client.js'

type Say = ReturnType<typeof connect>['say']

const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 1, maxLength: 40 })
const count = fc.integer({ min: -50, max: 50 })

/** How a family of collections is filled and read, and what its reply holds of each member. */
const kinds = {
  set: { add: (name: string) => `SADD key ${name}`, all: 'SMEMBERS key', width: 1 },
  hash: { add: (name: string) => `HSET key ${name} v:${name}`, all: 'HKEYS key', width: 2 },
  zset: { add: (name: string, i: number) => `ZADD key ${i} ${name}`, all: 'ZRANGE key 0 -1', width: 2 },
}

/** `check` is tried with collections of many sizes, and counts of either sign. */
function ofMembers(
  kind: keyof typeof kinds,
  check: (say: Say, members: ReadonlySet<string>, count: number) => void,
): () => void {
  return () =>
    fc.assert(
      fc.property(names, count, (members, n) => {
        const { say } = connect()
        for (const [i, name] of members.entries()) say(kinds[kind].add(name, i))
        check(say, new Set(members), n)
      }),
      { numRuns: 50 },
    )
}

/** A random sample as Redis promises it: different members for a positive count, as many as asked for a negative one. */
function sampled(kind: keyof typeof kinds, command: string): () => void {
  return ofMembers(kind, (say, members, n) => {
    const drawn = say(`${command} key ${n}`) as string[]
    expect(drawn).toHaveLength(n < 0 ? -n : Math.min(n, members.size))
    for (const name of drawn) expect(members).toContain(name)
    if (n >= 0) expect(new Set(drawn).size).toBe(drawn.length)
    expect(members).toContain(say(`${command} key`))
    expect(new Set(say(kinds[kind].all) as string[])).toEqual(members)
    // In the end everybody is drawn: with 400 draws of at most 40 one is left out with probability 40 (39/40)^400 = 0.0016.
    if (members.size <= 5) expect(new Set(say(`${command} key -400`) as string[])).toEqual(members)
  })
}

/** What is there from the beginning to the end of a scan is returned at least once, although others come and go. */
function scanned(kind: keyof typeof kinds, scan: (cursor: string) => string): () => void {
  return ofMembers(kind, (say, members) => {
    const found = new Set<string>()
    let cursor = '0'
    let step = 0
    do {
      const [next, items] = say(scan(cursor)) as [string, string[]]
      for (let i = 0; i < items.length; i += kinds[kind].width) found.add(items[i])
      say(kinds[kind].add(`extra${step++}`, 0))
      cursor = next
      expect(step).toBeLessThan(1000)
    } while (cursor !== '0')
    for (const name of members) expect(found).toContain(name)
  })
}

const field = (text: unknown, name: string) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(String(text))?.[1]

/** Commands whose replies differ from run to run or from server to server, and what always holds of them. */
export const properties: Readonly<Record<string, () => void>> = {
  spop: ofMembers('set', (say, members, n) => {
    const popped = say(`SPOP key ${Math.abs(n)}`) as string[]
    expect(popped).toHaveLength(Math.min(Math.abs(n), members.size))
    const left = say('SMEMBERS key') as string[]
    expect([...popped, ...left].sort()).toEqual([...members].sort())
    const last = say('SPOP key')
    expect(last).toEqual(left.length === 0 ? null : expect.toSatisfy((one: string) => left.includes(one)))
    expect(say('SCARD key')).toBe(Math.max(0, left.length - 1))
  }),
  'memory|stats': () => {
    const { say } = connect()
    say('SET k v')
    say('SET l w')
    const stats = say('MEMORY STATS') as (string | number)[]
    const of = (name: string) => Number(stats[stats.indexOf(name) + 1])
    expect(of('keys.count')).toBe(2)
    expect(of('dataset.bytes')).toBe(Number(say('MEMORY USAGE k')) + Number(say('MEMORY USAGE l')))
    expect(of('total.allocated')).toBe(of('dataset.bytes') + of('overhead.total'))
    expect(of('keys.bytes-per-key')).toBe(of('dataset.bytes') / 2)
    expect(String(say('INFO memory'))).toContain(`used_memory:${of('total.allocated')}\r\n`)
  },
  'memory|doctor': () => {
    const { say } = connect()
    say('SET k v')
    expect(say('MEMORY DOCTOR')).toContain(`Keys take ${say('MEMORY USAGE k')} of `)
  },
  'memory|malloc-stats': () =>
    expect(connect().say('MEMORY MALLOC-STATS')).toBe('Stats not supported for the current allocator'),
  'script|kill': () =>
    expect(connect().say('SCRIPT KILL')).toEqual({ error: 'NOTBUSY No scripts in execution right now.' }),
  'config|rewrite': () =>
    expect(connect().say('CONFIG REWRITE')).toEqual({
      error: 'ERR The server is running without a config file',
    }),
  srandmember: sampled('set', 'SRANDMEMBER'),
  hrandfield: sampled('hash', 'HRANDFIELD'),
  zrandmember: sampled('zset', 'ZRANDMEMBER'),
  sscan: scanned('set', (cursor) => `SSCAN key ${cursor} COUNT 3`),
  hscan: scanned('hash', (cursor) => `HSCAN key ${cursor} COUNT 3`),
  zscan: scanned('zset', (cursor) => `ZSCAN key ${cursor} COUNT 3`),
  scan: () =>
    fc.assert(
      fc.property(names, (keys) => {
        const { say } = connect()
        for (const key of keys) say(`SET ${key} 1`)
        const found = new Set<string>()
        let cursor = '0'
        do {
          const [next, some] = say(`SCAN ${cursor} COUNT 3`) as [string, string[]]
          for (const key of some) found.add(key)
          say(`SET extra${found.size} 1`)
          cursor = next
        } while (cursor !== '0')
        for (const key of keys) expect(found).toContain(key)
      }),
      { numRuns: 50 },
    ),
  randomkey: () => {
    const { say } = connect()
    expect(say('RANDOMKEY')).toBe(null)
    say('MSET a 1 b 2 c 3')
    // A key is left out of 100 draws with probability 3 (2/3)^100.
    expect(new Set(Array.from({ length: 100 }, () => say('RANDOMKEY')))).toEqual(new Set(['a', 'b', 'c']))
  },
  time: () => {
    const { say, server } = connect()
    const [seconds, microseconds] = (say('TIME') as string[]).map(Number)
    expect(seconds * 1000 + microseconds / 1000).toBe(server.now)
  },
  debug: () => {
    const { say, server } = connect()
    const before = server.now
    expect(say('DEBUG SLEEP 1.5')).toEqual({ status: 'OK' })
    expect(server.now - before).toBe(1500)
  },
  info: () => {
    const { say } = connect()
    const memory = () => Number(field(say('INFO memory'), 'used_memory'))
    const before = memory()
    say(`SET k ${'x'.repeat(1000)}`)
    expect(memory() - before).toBeGreaterThan(1000)
    expect(memory() - before).toBeLessThan(2000)
    say('DEL k')
    expect(memory()).toBe(before)
    expect(field(say('INFO'), 'redis_version')).toBe('7.0.15')
    say('SET a 1 EX 100')
    expect(String(say('INFO keyspace'))).toMatch(/db0:keys=1,expires=1,/)
  },
  hello: () => {
    const { say } = connect()
    const said = say('HELLO 2') as unknown[]
    const about = Object.fromEntries(
      Array.from({ length: said.length / 2 }, (_, i) => [said[2 * i], said[2 * i + 1]]),
    )
    expect(about).toMatchObject({ server: 'redis', version: '7.0.15', proto: 2, role: 'master' })
    expect(say('HELLO 3')).toContain(3)
    expect(say('HELLO')).toContain(3)
    // RESET goes back to RESP2, to database 0 and to no name.
    expect(say('RESET')).toEqual({ status: 'RESET' })
    expect(say('HELLO')).not.toContain(3)
  },
  'client|id': () => {
    const { say, server } = connect()
    const id = say('CLIENT ID') as number
    expect(id).toBeGreaterThan(0)
    expect(server.connect().id).toBeGreaterThan(id)
  },
  'client|info': () => {
    const { say } = connect()
    say('CLIENT SETNAME me')
    say('SELECT 3')
    expect(say('CLIENT INFO')).toMatch(new RegExp(`^id=${say('CLIENT ID')} .*name=me .*db=3 `))
  },
  'client|list': () => {
    const { say, server } = connect()
    const other = server.connect()
    const ids = [...String(say('CLIENT LIST')).matchAll(/^id=(\d+) /gm)].map(([, id]) => Number(id))
    expect(ids).toEqual([say('CLIENT ID'), other.id])
  },
  pfselftest: () => expect(connect().say('PFSELFTEST')).toEqual({ status: 'OK' }),
  failover: () =>
    expect(connect().say('FAILOVER')).toEqual({ error: 'ERR FAILOVER requires connected replicas.' }),
  lastsave: () => {
    const { say, server } = connect()
    const before = say('LASTSAVE') as number
    say('DEBUG SLEEP 10')
    expect(say('LASTSAVE')).toBe(before)
    say('SAVE')
    expect(say('LASTSAVE')).toBe(before + 10)
    expect(server.now).toBe((before + 10) * 1000)
  },
  shutdown: () => {
    const { say, server } = connect()
    expect(say('SHUTDOWN')).toEqual({ error: 'ERR Errors trying to SHUTDOWN. Check logs.' })
    let isShut = false
    server.onShutdown = () => {
      isShut = true
    }
    say('SHUTDOWN NOSAVE')
    expect(isShut).toBe(true)
  },
  'latency|graph': () => {
    const { say } = connect()
    say('CONFIG SET latency-monitor-threshold 10')
    for (const seconds of [1.3, 2.1, 1.05]) say(`DEBUG SLEEP ${seconds}`)
    // Redis draws these samples so. The labels are how long ago they were.
    expect(say('LATENCY GRAPH command')).toBe(
      `command - high 2100 ms, low 1050 ms (all time high 2100 ms)\n${'-'.repeat(80)}\n # \n | \n | \n#|_\n   \n310\nsss\n`,
    )
  },
  'latency|doctor': () => {
    const { say } = connect()
    expect(say('LATENCY DOCTOR')).toContain('latency-monitor-threshold is 0')
    say('CONFIG SET latency-monitor-threshold 10')
    expect(say('LATENCY DOCTOR')).toBe('No command has taken 10 ms or longer.\n')
    say('DEBUG SLEEP 0.3')
    say('DEBUG SLEEP 1')
    expect(say('LATENCY DOCTOR')).toBe(
      'command: 2 spikes of 300 to 1000 ms, 650.0 ms on average; the highest since LATENCY RESET took 1000 ms.\n',
    )
  },
  'command|count': () => expect(connect().say('COMMAND COUNT')).toBe(outer.length),
  // Containers and subcommands too, as in Redis.
  'command|list': () =>
    expect(new Set(connect().say('COMMAND LIST') as string[])).toEqual(
      new Set([...commands.keys(), ...outer]),
    ),
  command: () => {
    const get = (connect().say('COMMAND') as unknown[][]).find(([name]) => name === 'get')
    expect(get?.slice(0, 6)).toEqual(['get', 2, [{ status: 'readonly' }, { status: 'fast' }], 1, 1, 1])
  },
  'command|docs': () => {
    const [name, docs] = connect().say('COMMAND DOCS get') as [string, unknown[]]
    expect([name, docs]).toEqual([
      'get',
      expect.arrayContaining(['complexity', commands.get('get')!.complexity]),
    ])
  },
}

/** Commands, and for those with subcommands their first word. */
const outer = [...new Set([...commands.keys()].map((name) => name.split('|')[0]))]
