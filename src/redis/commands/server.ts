import { family, type Run } from '../command.js'
import { parseInt32 } from '../numbers.js'
import { OK, RedisError, syntaxError, Typed } from '../reply.js'
import { notInCluster } from './cluster.js'
import { commandDocs, commandEntries, commandKeys, commandList, flagged } from './command-info.js'
import { debug } from './debug.js'
import { databaseAt } from './generic.js'
import { info } from './info.js'
import { memoryReports } from './memory-reports.js'
import rows from './server.json' with { type: 'json' }

function flushing(all: boolean): Run {
  return ({ db, server }, argv) => {
    const option = argv[1]?.toUpperCase()
    if (argv.length > 2 || (option !== undefined && option !== 'SYNC' && option !== 'ASYNC'))
      throw syntaxError()
    server.keyspace.flush(all ? server.databases : [db])
    return OK
  }
}

const swapdb: Run = (client, [, first, second]) => {
  if (client.server.cluster) throw notInCluster('SWAPDB is')
  const numbers = [
    parseInt32(first, () => new RedisError('ERR invalid first DB index')),
    parseInt32(second, () => new RedisError('ERR invalid second DB index')),
  ]
  const [one, other] = numbers.map((number) => databaseAt(client, number))
  if (one !== other) client.server.keyspace.swap(one, other)
  return OK
}

const time: Run = ({ server }) => [String(Math.floor(server.now / 1000)), String((server.now % 1000) * 1000)]

const configGet: Run = ({ server }, [, , ...patterns]) =>
  new Typed('map', [...server.settings.find(patterns)].flat())

const configSet: Run = ({ server }, argv) => {
  if (argv.length % 2 === 1) throw syntaxError()
  server.settings.change(argv.slice(2))
  if (server.settings.maxmemory > 0) server.keyspace.makeRoom()
  return OK
}

const configRewrite: Run = () => {
  throw new RedisError('ERR The server is running without a config file')
}

const configResetStat: Run = ({ server }) => {
  server.stats.reset()
  server.keyspace.eviction.evicted = 0
  return OK
}

export const serverCommands = family('server', rows, {
  swapdb,
  time,
  debug,
  info,
  flushdb: flushing(false),
  flushall: flushing(true),
  dbsize: ({ db }) => db.size,
  command: commandEntries,
  'command|count': ({ server }) => server.topLevel.length,
  'command|docs': commandDocs,
  'command|getkeys': commandKeys((key) => key),
  'command|getkeysandflags': commandKeys(flagged),
  'command|info': commandEntries,
  'command|list': commandList,
  'config|get': configGet,
  'config|set': configSet,
  'config|resetstat': configResetStat,
  'config|rewrite': configRewrite,
  ...memoryReports,
})
