import { describe, expect, test } from 'vitest'
import { type Reply, toBytes } from '../../src/redis/reply.js'
import { parseLine } from '../../src/redis/script.js'
import { encode } from '../../src/redis/serve/encode.js'
import { splitWords } from '../../src/redis/split.js'
import { commands, findCommand } from '../../src/redis/table.js'
import clusterGroups from '../fixtures/cluster-7.0.15-replies.json' with { type: 'json' }
import groups from '../fixtures/redis-7.0.15-replies.json' with { type: 'json' }
import { connect } from './client.js'
import { properties } from './properties.js'

/** Replies without an order of their own, and those that hold one behind a cursor. */
const unordered = /^(SMEMBERS|SINTER|SUNION|SDIFF|KEYS) /i
const scans = /^SSCAN /i

const inOrder = (items: unknown) => (Array.isArray(items) ? [...items].sort() : items)

/** A reply with what has no order put into one; of a subscription its only message. */
function comparable(command: string, reply: unknown): unknown {
  if (/SUBSCRIBE/i.test(command)) return Array.isArray(reply) ? reply.flat() : reply
  if (scans.test(command) && Array.isArray(reply)) return [reply[0], inOrder(reply[1])]
  return unordered.test(command) ? inOrder(reply) : reply
}

/** A command with its reply, or with the bytes of it. */
type Step = { readonly command: string; readonly reply?: unknown; readonly wire?: string }

describe.each(groups)('as Redis 7.0.15 was seen to answer: $name', ({ name, steps }) => {
  test('all replies', () => {
    const { client, say } = connect()
    if (name.endsWith('in RESP3')) say('HELLO 3')
    for (const { command, reply, wire } of steps as readonly Step[]) {
      if (wire !== undefined) {
        const { words } = parseLine(toBytes(command), 1)!
        expect([command, encode(client.server.execute(client, words) as Reply, 3)]).toEqual([command, wire])
        continue
      }
      const got = say(command)
      expect([command, comparable(command, got)]).toEqual([command, comparable(command, reply)])
    }
  })
})

test('every command has a recorded reply that is no error, or a property', () => {
  const asserted = new Set([...Object.keys(properties), ...helps])
  const inCluster = Object.values(clusterGroups)
    .flat()
    .map(({ line, reply }) => ({ command: line.slice(3), reply }))
  for (const { command, reply } of [...groups.flatMap<Step>(({ steps }) => steps), ...inCluster])
    if (!(reply instanceof Object && 'error' in reply))
      asserted.add(findCommand(splitWords(command)!)?.name ?? '')
  expect([...commands.keys()].filter((name) => !asserted.has(name))).toEqual([])
})

const helps = [...commands.keys()].filter((name) => name.endsWith('|help'))

test.each(helps)('%s shows each subcommand and what it does', (name) => {
  const { say, server } = connect()
  // CLUSTER HELP is refused outside of a cluster.
  server.cluster = () => null
  const container = name.split('|')[0]
  const lines = say(name.replace('|', ' ')) as { status: string }[]
  const [header, ...shown] = lines.map(({ status }) => status)
  expect(header).toBe(`${container.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`)
  const own = [...commands.keys()].filter((other) => other.startsWith(`${container}|`))
  expect(
    shown.filter((_, i) => i % 2 === 0).map((usage) => `${container}|${usage.split(' ')[0].toLowerCase()}`),
  ).toEqual(own)
  expect(shown.filter((_, i) => i % 2 === 1).join('')).toMatch(/^( {4}[A-Z][^\n]*\.)+$/)
})

describe('what no recording shows', () => {
  test.each([
    ['SET k v GET', null],
    ['SET k w XX KEEPTTL GET', 'v'],
    ['SET k v EXAT 0', { error: "ERR invalid expire time in 'set' command" }],
    ['SET k v EX 9223372036854775807', { error: "ERR invalid expire time in 'set' command" }],
    ['INCRBYFLOAT f 3.0e3', '3000'],
    ['INCRBYFLOAT f -3e3', '0'],
    ['INCRBYFLOAT f 1e-17', '0.00000000000000001'],
    ['INCRBYFLOAT f inf', { error: 'ERR increment would produce NaN or Infinity' }],
    ['CONFIG', { error: "ERR wrong number of arguments for 'config' command" }],
    ['CONFIG NOPE', { error: "ERR unknown subcommand 'NOPE'. Try CONFIG HELP." }],
    ['config get', { error: "ERR wrong number of arguments for 'config|get' command" }],
    [
      'CONFIG SET maxmemory-policy nope',
      expect.objectContaining({ error: expect.stringContaining('must be one of') }),
    ],
    ['CONFIG SET nope 1', { error: "ERR Unknown option or number of arguments for CONFIG SET - 'nope'" }],
    ['ZADD z GT LT 1 a', { error: 'ERR GT, LT, and/or NX options at the same time are not compatible' }],
    ['ZADD z 0x10 hex', 1],
    ['ZSCORE z hex', '16'],
    ['ZADD z 1e400 a', { error: 'ERR value is not a valid float' }],
    ['ZINCRBY z -inf hex', '-inf'],
    ['ZINCRBY z +inf hex', { error: 'ERR resulting score is not a number (NaN)' }],
    ['SETRANGE n 4 x', 5],
    ['GET n', '\0\0\0\0x'],
    ['BITFIELD b SET u8 0 255 INCRBY u8 0 1 OVERFLOW SAT INCRBY u8 0 -5', [0, 0, 0]],
    ['LCS missing1 missing2', ''],
    ['OBJECT ENCODING k', 'embstr'],
    ['EXPIRE k 10 NX GT', { error: 'ERR NX and XX, GT or LT options at the same time are not compatible' }],
    ['EXPIRE k 10 MAYBE', { error: 'ERR Unsupported option MAYBE' }],
    ['HELLO 4', { error: 'NOPROTO unsupported protocol version' }],
    ['SELECT 16', { error: 'ERR DB index is out of range' }],
    ['COMMAND GETKEYS ZUNIONSTORE d 2 a b', ['d', 'a', 'b']],
    ['GETRANGE k -1 -2', ''],
  ])('%s', (line, reply) => {
    const { say } = connect()
    for (const before of LINES_BEFORE[line] ?? []) say(before)
    expect(say(line)).toEqual(reply)
  })
})

/** What has to be there first. */
const LINES_BEFORE: Readonly<Record<string, readonly string[]>> = {
  'SET k w XX KEEPTTL GET': ['SET k v EX 5'],
  'INCRBYFLOAT f -3e3': ['SET f 3000'],
  'ZSCORE z hex': ['ZADD z 0x10 hex'],
  'ZINCRBY z -inf hex': ['ZADD z 16 hex'],
  'ZINCRBY z +inf hex': ['ZADD z -inf hex'],
  'GET n': ['SETRANGE n 4 x'],
  'OBJECT ENCODING k': ['SET k v'],
}

test('who waits for a list goes on waiting when the key becomes something else', () => {
  const { server, say } = connect()
  const got: unknown[] = []
  server.execute(
    server.connect((reply) => got.push(reply)),
    ['BLPOP', 'q', '0'],
  )
  say('ZADD q 1 a')
  say('DEL q')
  say('SET q x')
  expect(got).toEqual([])
  say('DEL q')
  say('RPUSH q b')
  expect(got).toEqual([['q', 'b']])
})

test('what a waiting client gets, in the order in which they came', () => {
  const { server, say } = connect()
  const got: unknown[] = []
  for (const name of ['first', 'second']) {
    const waiting = server.connect((reply) => got.push([name, reply]))
    server.execute(waiting, ['BLPOP', 'other', 'q', '0'])
  }
  expect(say('RPUSH q a')).toBe(1)
  expect(got).toEqual([['first', ['q', 'a']]])
  say('MULTI')
  say('RPUSH q b')
  say('LPUSH q c')
  expect(got).toHaveLength(1)
  say('EXEC')
  expect(got[1]).toEqual(['second', ['q', 'c']])
  expect(say('LRANGE q 0 -1')).toEqual(['b'])
})
