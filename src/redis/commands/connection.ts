import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount, parseInt32 } from '../numbers.js'
import { OK, RedisError, type Reply, Status, syntaxError, Typed, wrongArity } from '../reply.js'
import { Words } from '../words.js'
import rows from './connection.json' with { type: 'json' }
import { databaseAt } from './generic.js'
import { endTransaction } from './transactions.js'

/** The Redis whose replies these are. */
export const REDIS_VERSION = '7.0.15'

const ping: Run = (client, argv) => {
  if (argv.length > 2) throw wrongArity('ping')
  const message = argv[1] ?? ''
  if (client.protocol === 2 && client.subscriptions > 0) return ['pong', message]
  return argv.length === 2 ? message : new Status('PONG')
}

const select: Run = (client, [, index]) => {
  client.db = databaseAt(client, parseInt32(index))
  return OK
}

const quit: Run = (client) => {
  client.isClosing = true
  return OK
}

const reset: Run = (client) => {
  endTransaction(client)
  client.server.forget(client)
  client.db = client.server.databases[0]
  client.name = ''
  client.protocol = 2
  return new Status('RESET')
}

/** The only user is the default one, without a password: any password is accepted. */
const auth: Run = (_, argv) => {
  if (argv.length > 3) throw syntaxError()
  if (argv.length === 2)
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  if (argv[1] !== 'default') throw wrongPassword()
  return OK
}

const wrongPassword = () => new RedisError('WRONGPASS invalid username-password pair or user is disabled.')

function checkedName(name: string): string {
  if (/[^!-~]/.test(name))
    throw new RedisError('ERR Client names cannot contain spaces, newlines or special characters.')
  return name
}

const hello: Run = (client, argv) => {
  let { protocol, name } = client
  if (argv.length > 1) {
    const version = parseCount(
      argv[1],
      () => new RedisError('ERR Protocol version is not an integer or out of range'),
    )
    if (version !== 2 && version !== 3) throw new RedisError('NOPROTO unsupported protocol version')
    protocol = version
  }
  const words = new Words(argv, 2)
  while (words.more) {
    const word = words.next()
    const option = word.toUpperCase()
    if (option === 'AUTH' && words.left >= 2) {
      if (words.next() !== 'default') throw wrongPassword()
      words.next()
    } else if (option === 'SETNAME' && words.more) name = checkedName(words.next())
    else throw new RedisError(`ERR Syntax error in HELLO option '${word}'`)
  }
  Object.assign(client, { protocol, name })
  const facts: Reply[] = ['server', 'redis', 'version', REDIS_VERSION, 'proto', protocol, 'id', client.id]
  return new Typed('map', [...facts, 'mode', 'standalone', 'role', 'master', 'modules', []])
}

const setName: Run = (client, [, , name]) => {
  client.name = checkedName(name)
  return OK
}

function describe({ id, name, db, createdAt, server, queue, channels, patterns, protocol }: Client): string {
  const age = Math.floor((server.now - createdAt) / 1000)
  return `id=${id} name=${name} age=${age} db=${db.index} sub=${channels.size} psub=${patterns.size} multi=${queue?.length ?? -1} resp=${protocol}\n`
}

const unblock: Run = ({ server }, argv) => {
  const waiter = server.clients.get(parseCount(argv[2]))
  const how = argv[3]?.toUpperCase() ?? 'TIMEOUT'
  if (argv.length > 4 || (how !== 'TIMEOUT' && how !== 'ERROR'))
    throw new RedisError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR')
  if (!waiter?.waiting) return 0
  const woken = new RedisError('UNBLOCKED client unblocked via CLIENT UNBLOCK')
  server.blocking.release(waiter, how === 'ERROR' ? woken : waiter.waiting.late)
  return 1
}

export const connection = family('connection', rows, {
  ping,
  select,
  quit,
  reset,
  auth,
  hello,
  echo: (_, [, message]) => message,
  'client|id': ({ id }) => id,
  'client|getname': ({ name }) => (name === '' ? null : name),
  'client|setname': setName,
  'client|info': (client) => describe(client),
  'client|list': ({ server }) => [...server.clients.values()].map(describe).join(''),
  'client|unblock': unblock,
})
