import type { Client } from '../client.js'
import type { Answer, Run } from '../command.js'
import type { Entry } from '../database.js'
import { digestOf, digestOfKey } from '../digest.js'
import { serializedLength } from '../dump/dump.js'
import { fillOf, nodesOf } from '../dump/nodes.js'
import { parseCount } from '../numbers.js'
import { memoryIn } from '../parameters.js'
import {
  BigNumber,
  Double,
  noSuchKey,
  OK,
  RedisError,
  Several,
  Status,
  Truth,
  Typed,
  Verbatim,
} from '../reply.js'
import type { Settings } from '../settings.js'
import { QuickList } from '../values/quick-list.js'
import { encodingOf, rebuilt } from '../values/value.js'
import help from './debug-help.json' with { type: 'json' }
import { helpOf } from './help.js'

type Words = readonly string[]
type Subcommand = (client: Client, words: Words) => Answer

const MAX_SLEEP_SECONDS = 10 * 365 * 24 * 3600
const LARGEST_PACKED = 2n ** 32n - 2n ** 20n
const LRU_CLOCK = 1 << 24

const sleep: Subcommand = ({ server }, [text]) => {
  const seconds = Number.parseFloat(text)
  if (seconds > MAX_SLEEP_SECONDS) throw new RedisError('ERR value is not a valid float')
  if (seconds > 0) server.clock.sleep(seconds * 1000)
  server.tick()
  return OK
}

/** What can be seen of a key's object. The address is no address: it stays the same as long as the key is there. */
function describe({ value, usedAt }: Entry, { server }: Client): string {
  const { now, settings } = server
  const idle = Math.max(0, Math.floor(now / 1000) - usedAt)
  return `Value at:0x0 refcount:1 encoding:${encodingOf(value)} serializedlength:${serializedLength(value, settings)} lru:${usedAt % LRU_CLOCK} lru_seconds_idle:${idle}${value instanceof QuickList ? describeNodes(value, settings) : ''}`
}

function describeNodes(list: QuickList, { listMaxListpackSize, listCompressDepth }: Settings): string {
  const nodes = nodesOf(list, listMaxListpackSize)
  const bytes = nodes.reduce((sum, node) => sum + node.bytes, 0)
  const exact = list.length / nodes.length
  // C rounds what lies halfway to an even digit, and toFixed() rounds it up: they differ at .125 and .625.
  const average = ((exact * 8) % 4 === 1 ? Math.floor(exact * 100) / 100 : exact).toFixed(2)
  return ` ql_nodes:${nodes.length} ql_avg_node:${average} ql_listpack_max:${fillOf(listMaxListpackSize)} ql_compressed:${listCompressDepth > 0 ? 1 : 0} ql_uncompressed_size:${bytes}`
}

/** Whether a number, as C reads it, is not 0. */
const isSet = (text: string) => !/^\s*[-+]?0*(\D|$)/.test(text)

const notPositive = () => new RedisError('ERR value is out of range, must be positive')

function populate({ db }: Client, [text, prefix = 'key', length = '0']: Words): Answer {
  const [count, bytes] = [text, length].map((word) => {
    const value = parseCount(word, notPositive)
    if (value < 0) throw notPositive()
    return value
  })
  for (let i = 0; i < count; i++) {
    if (db.has(`${prefix}:${i}`)) continue
    const value = `value:${i}`
    db.put(`${prefix}:${i}`, bytes === 0 ? value : value.slice(0, bytes).padEnd(bytes, '\0'), undefined, '')
  }
  return OK
}

/** Saves and loads all keys, which chooses their encodings anew. */
function reload({ server }: Client, options: Words): Answer {
  const known = ['MERGE', 'NOFLUSH', 'NOSAVE']
  if (!options.every((option) => known.includes(option.toUpperCase())))
    throw new RedisError('ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.')
  for (const db of server.databases) db.rebuild(rebuilt)
  return OK
}

/** One reply of each type, as `DEBUG PROTOCOL` names them. */
const samples: Readonly<Record<string, (client: Client) => Answer>> = {
  string: () => 'Hello World',
  integer: () => 12345,
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: Redis's sample of a double
  double: () => new Double(3.141),
  bignum: () => new BigNumber('1234567999999999999999999999999999999'),
  null: () => null,
  array: () => [0, 1, 2],
  set: () => new Typed('set', [0, 1, 2]),
  map: () => new Typed('map', [0, new Truth(false), 1, new Truth(true), 2, new Truth(false)]),
  attrib: ({ protocol }) => {
    const reply = 'Some real reply following the attribute'
    const attribute = new Typed('attribute', ['key-popularity', ['key:123', 90]])
    return protocol === 3 ? new Several([attribute, reply]) : reply
  },
  push: ({ protocol }) => {
    if (protocol === 2) throw new RedisError('ERR RESP2 is not supported by this command')
    return new Several([
      new Typed('push', ['server-cpu-usage', 42]),
      'Some real reply following the push reply',
    ])
  },
  verbatim: () => new Verbatim('This is a verbatim\nstring'),
  true: () => new Truth(true),
  false: () => new Truth(false),
}

function sample(client: Client, [type]: Words): Answer {
  const name = type.toLowerCase()
  if (Object.hasOwn(samples, name)) return samples[name](client)
  const names = Object.keys(samples).filter((known) => !['verbatim', 'true', 'false'].includes(known))
  throw new RedisError(
    `ERR Wrong protocol type name. Please use one of the following: ${[...names, 'verbatim', 'true', 'false'].join('|')}`,
  )
}

/** Subcommands by name: how many words may follow, and what they do. */
const subcommands: Readonly<Record<string, readonly [least: number, most: number, run: Subcommand]>> = {
  digest: [0, 0, ({ server }) => new Status(digestOf(server.databases))],
  'digest-value': [0, Infinity, ({ db }, keys) => keys.map((key) => new Status(digestOfKey(db, key)))],
  error: [1, 1, (_, [text]) => new RedisError(text)],
  help: [0, 0, () => helpOf('debug', Object.entries(help))],
  // Redis would end without an append-only file; here all keys are as if they came from one.
  loadaof: [0, 0, (client) => reload(client, [])],
  object: [
    1,
    1,
    (client, [key]) => {
      const entry = client.db.find(key)
      if (!entry) throw noSuchKey()
      return new Status(describe(entry, client))
    },
  ],
  'pause-cron': [
    1,
    1,
    ({ server }, [text]) => {
      server.isCronPaused = isSet(text)
      server.keyspace.expireActively()
      return OK
    },
  ],
  populate: [1, 3, populate],
  protocol: [1, 1, sample],
  'quicklist-packed-threshold': [
    1,
    1,
    (_, [text]) => {
      if ((memoryIn(text) ?? LARGEST_PACKED + 1n) <= LARGEST_PACKED) return OK
      throw new RedisError('ERR argument must be a memory value bigger than 1 and smaller than 4gb')
    },
  ],
  reload: [0, Infinity, reload],
  'set-active-expire': [
    1,
    1,
    ({ server }, [text]) => {
      server.keyspace.expireActively(isSet(text))
      return OK
    },
  ],
  sleep: [1, 1, sleep],
}

export const debug: Run = (client, argv) => {
  const [, name, ...words] = argv
  const lower = name.toLowerCase()
  const [least, most, run] = Object.hasOwn(subcommands, lower) ? subcommands[lower] : [0, -1]
  if (run && words.length >= least && words.length <= most) return run(client, words)
  throw new RedisError(
    `ERR unknown subcommand or wrong number of arguments for '${name.slice(0, 128)}'. Try DEBUG HELP.`,
  )
}
