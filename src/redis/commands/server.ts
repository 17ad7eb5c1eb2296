import type { Client } from '../client.js'
import { type Command, family, keysIn, type Run } from '../command.js'
import { matchesGlob } from '../glob.js'
import { parseInt32 } from '../numbers.js'
import { NO_ARRAY, OK, RedisError, type Reply, Status, syntaxError, Typed } from '../reply.js'
import type { Server } from '../server.js'
import { Words } from '../words.js'
import { REDIS_VERSION } from './connection.js'
import { debug } from './debug.js'
import { databaseAt } from './generic.js'
import rows from './server.json' with { type: 'json' }

function flushing(all: boolean): Run {
  return ({ db, server }, argv) => {
    const option = argv[1]?.toUpperCase()
    if (argv.length > 2 || (option !== undefined && option !== 'SYNC' && option !== 'ASYNC'))
      throw syntaxError()
    server.flush(all ? server.databases : [db])
    return OK
  }
}

const swapdb: Run = (client, [, first, second]) => {
  const numbers = [
    parseInt32(first, () => new RedisError('ERR invalid first DB index')),
    parseInt32(second, () => new RedisError('ERR invalid second DB index')),
  ]
  const [one, other] = numbers.map((number) => databaseAt(client, number))
  if (one !== other) one.swap(other)
  return OK
}

const time: Run = ({ server }) => [String(Math.floor(server.now / 1000)), String((server.now % 1000) * 1000)]

const configGet: Run = ({ server }, [, , ...patterns]) =>
  new Typed('map', [...server.settings.find(patterns)].flat())

const configSet: Run = ({ server }, argv) => {
  if (argv.length % 2 === 1) throw syntaxError()
  server.settings.change(argv.slice(2))
  return OK
}

const configRewrite: Run = () => {
  throw new RedisError('ERR The server is running without a config file')
}

const configResetStat: Run = ({ server }) => {
  server.stats.reset()
  server.eviction.evicted = 0
  return OK
}

function sections({ server }: Client): Record<string, Record<string, string | number>> {
  const { stats, settings, eviction } = server
  const keyspace = server.databases
    .filter(({ size }) => size > 0)
    .map(({ index, size, expiries }) => [`db${index}`, `keys=${size},expires=${expiries.size},avg_ttl=0`])
  return {
    Server: {
      redis_version: REDIS_VERSION,
      redis_mode: 'standalone',
      server_name: 'cachelab',
      uptime_in_seconds: Math.floor((server.now - server.startedAt) / 1000),
    },
    Clients: { connected_clients: server.clients.size, blocked_clients: server.blocking.count },
    Memory: {
      used_memory: server.usedMemory,
      maxmemory: settings.maxmemory,
      maxmemory_policy: settings.maxmemoryPolicy,
    },
    Stats: {
      total_commands_processed: stats.commands,
      expired_keys: stats.expired,
      evicted_keys: eviction.evicted,
    },
    Replication: { role: 'master', connected_slaves: 0 },
    Keyspace: Object.fromEntries(keyspace),
  }
}

const info: Run = (client, [, ...wanted]) => {
  const names = wanted.map((name) => name.toLowerCase())
  const isAll = names.length === 0 || names.some((name) => ['all', 'default', 'everything'].includes(name))
  return Object.entries(sections(client))
    .filter(([name]) => isAll || names.includes(name.toLowerCase()))
    .map(([name, facts]) => {
      const lines = Object.entries(facts).map(([key, value]) => `${key}:${value}\r\n`)
      return `# ${name}\r\n${lines.join('')}`
    })
    .join('\r\n')
}

const memoryUsage: Run = ({ db }, argv) => {
  const words = new Words(argv, 3)
  while (words.more) {
    if (!words.takes('SAMPLES') || !words.more) throw syntaxError()
    if (words.count() < 0) throw syntaxError()
  }
  return db.find(argv[2])?.size ?? null
}

/** A command's entry in the reply of COMMAND: name, arity, flags, keys, ACL categories. */
function described({ name, arity, flags, keys, group }: Command): Reply {
  const categories = [`@${flags.includes('write') ? 'write' : 'read'}`, `@${group.replace('-', '')}`]
  return [name, arity, flags.map((flag) => new Status(flag)), ...keys, categories, [], [], []]
}

const topLevel = ({ commands }: Server) => [...commands.values()].filter(({ name }) => !name.includes('|'))

/** Names of commands with those of the containers whose subcommands they are. */
const allNames = ({ commands }: Server) =>
  new Set([...commands.keys()].flatMap((name) => [name, name.split('|')[0]]))

const commandInfo: Run = ({ server }, [, , ...names]) => {
  if (names.length === 0) return topLevel(server).map(described)
  return names.map((name) => {
    const command = server.commands.get(name.toLowerCase())
    return command ? described(command) : NO_ARRAY
  })
}

const commandDocs: Run = ({ server }, [, , ...names]) => {
  const chosen =
    names.length === 0
      ? topLevel(server)
      : names.flatMap((name) => server.commands.get(name.toLowerCase()) ?? [])
  const docs = ({ name, summary, group, complexity }: Command): Reply[] => [
    name,
    new Typed('map', ['summary', summary, 'group', group, 'complexity', complexity]),
  ]
  return new Typed('map', chosen.flatMap(docs))
}

const commandKeys: Run = ({ server }, argv) => {
  const words = argv.slice(2)
  const command = server.find(words)
  if (!command) throw new RedisError('ERR Invalid command specified')
  const { arity } = command
  if (arity > 0 ? words.length !== arity : words.length < -arity)
    throw new RedisError('ERR Invalid number of arguments specified for command')
  const keys = keysIn(command, words)
  if (keys.length === 0) throw new RedisError('ERR The command has no key arguments')
  return keys
}

const commandList: Run = ({ server }, argv) => {
  const names = [...allNames(server)]
  if (argv.length === 2) return names
  const [, , filter, kind, pattern] = argv
  if (argv.length !== 5 || filter.toUpperCase() !== 'FILTERBY' || kind.toUpperCase() !== 'PATTERN')
    throw syntaxError()
  return names.filter((name) => matchesGlob(pattern.toLowerCase(), name))
}

export const serverCommands = family('server', rows, {
  swapdb,
  time,
  debug,
  info,
  flushdb: flushing(false),
  flushall: flushing(true),
  dbsize: ({ db }) => db.size,
  command: ({ server }) => topLevel(server).map(described),
  'command|count': ({ server }) => [...allNames(server)].filter((name) => !name.includes('|')).length,
  'command|docs': commandDocs,
  'command|getkeys': commandKeys,
  'command|info': commandInfo,
  'command|list': commandList,
  'config|get': configGet,
  'config|set': configSet,
  'config|resetstat': configResetStat,
  'config|rewrite': configRewrite,
  'memory|usage': memoryUsage,
})
