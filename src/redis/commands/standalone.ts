import { createHash } from 'node:crypto'
import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount } from '../numbers.js'
import { OK, RedisError, type Reply, Status, syntaxError, Typed, WAITS, wrongForm } from '../reply.js'
import { Words } from '../words.js'
import rows from './standalone.json' with { type: 'json' }
import { parseTimeoutMs } from './waiting.js'

/** There are no replicas: WAIT for one waits until its timeout. */
const wait: Run = (client, argv) => {
  const replicas = parseCount(argv[1])
  const deadline = parseTimeoutMs(client, argv[2])
  if (replicas <= 0 || client.inTransaction) return 0
  client.server.blocking.add(client, {
    db: client.db,
    keys: [],
    type: 'list',
    deadline,
    late: 0,
    attempt: () => undefined,
  })
  return WAITS
}

const replicaOf: Run = ({ server }, [, host, port]) => {
  if (server.cluster) throw new RedisError('ERR REPLICAOF not allowed in cluster mode.')
  if (host.toUpperCase() === 'NO' && port.toUpperCase() === 'ONE') return OK
  const badPort = () => new RedisError('ERR Invalid master port')
  const number = parseCount(port, badPort)
  if (number < 0 || number > 65_535) throw badPort()
  throw new RedisError(
    'ERR this server is no replica of another: cachelab redis simulates replication instead',
  )
}

const failover: Run = ({ server }, argv) => {
  if (server.cluster)
    throw new RedisError('ERR FAILOVER not allowed in cluster mode. Use CLUSTER FAILOVER command instead.')
  if (argv.length === 2 && argv[1].toUpperCase() === 'ABORT')
    throw new RedisError('ERR No failover in progress.')
  const words = new Words(argv, 1)
  const seen = new Set<string>()
  while (words.more) {
    const option = words.option()
    if (seen.has(option)) throw syntaxError()
    seen.add(option)
    if (option === 'TIMEOUT' && words.more) {
      if (words.count() <= 0) throw new RedisError('ERR FAILOVER timeout must be greater than 0')
    } else if (option === 'TO' && words.left >= 2) {
      words.next()
      words.count()
    } else if (option !== 'FORCE') throw syntaxError()
  }
  throw new RedisError('ERR FAILOVER requires connected replicas.')
}

/** Nothing is written to a disk; the time of the last save is kept all the same. */
const save =
  (reply: Reply): Run =>
  ({ server }, argv) => {
    if (argv.length > 1 && (argv.length > 2 || argv[1].toUpperCase() !== 'SCHEDULE')) throw syntaxError()
    server.savedAt = server.now
    return reply
  }

const bgsave: Run = (client, argv) =>
  save(new Status(`Background saving ${client.inTransaction ? 'scheduled' : 'started'}`))(client, argv)

const rewrite: Run = ({ inTransaction }) =>
  new Status(`Background append only file rewriting ${inTransaction ? 'scheduled' : 'started'}`)

const SHUTDOWN_OPTIONS = ['NOSAVE', 'SAVE', 'NOW', 'FORCE', 'ABORT']

const shutdown: Run = ({ server, inTransaction }, [, ...words]) => {
  const options = words.map((word) => word.toUpperCase())
  const has = (option: string) => options.includes(option)
  const isOdd =
    (has('ABORT') && options.some((option) => option !== 'ABORT')) || (has('SAVE') && has('NOSAVE'))
  if (isOdd || options.some((option) => !SHUTDOWN_OPTIONS.includes(option))) throw syntaxError()
  if (has('ABORT')) throw new RedisError('ERR No shutdown in progress.')
  if (inTransaction && !has('NOW'))
    throw new RedisError("ERR SHUTDOWN without NOW or ABORT isn't allowed for DENY BLOCKING client")
  if (!server.onShutdown) throw new RedisError('ERR Errors trying to SHUTDOWN. Check logs.')
  server.onShutdown()
  return WAITS
}

const DEFAULT_USER = 'default'

/** The passwords of the default user, as ACL shows them. */
function passwordsOf({ server }: Client): string[] {
  const { requirepass } = server.settings
  return requirepass === '' ? [] : [createHash('sha256').update(requirepass, 'latin1').digest('hex')]
}

const getUser: Run = (client, [, , name]) => {
  if (name !== DEFAULT_USER) return null
  const passwords = passwordsOf(client)
  return new Typed('map', [
    ...['flags', new Typed('set', passwords.length > 0 ? ['on'] : ['on', 'nopass'])],
    ...['passwords', passwords, 'commands', '+@all', 'keys', '~*', 'channels', '&*', 'selectors', []],
  ])
}

const listUsers: Run = (client) => {
  const [password] = passwordsOf(client)
  return [`user ${DEFAULT_USER} on ${password === undefined ? 'nopass' : `#${password}`} ~* &* +@all`]
}

/** Nobody is refused by a rule, so the log has no entries. */
const aclLog: Run = (_, argv) => {
  if (argv.length > 3) throw wrongForm(argv)
  if (argv[2]?.toUpperCase() === 'RESET') return OK
  if (argv[2] !== undefined) parseCount(argv[2])
  return []
}

export const standalone = family('server', rows, {
  wait,
  failover,
  bgsave,
  shutdown,
  role: () => ['master', 0, []],
  replicaof: replicaOf,
  slaveof: replicaOf,
  save: save(OK),
  bgrewriteaof: rewrite,
  lastsave: ({ server }) => Math.floor(server.savedAt / 1000),
  'acl|whoami': () => DEFAULT_USER,
  'acl|users': () => [DEFAULT_USER],
  'acl|list': listUsers,
  'acl|getuser': getUser,
  'acl|log': aclLog,
})
