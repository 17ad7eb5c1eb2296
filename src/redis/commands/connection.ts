import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount, parseInt32 } from '../numbers.js'
import { OK, RedisError, type Reply, Status, syntaxError, Typed, wrongArity } from '../reply.js'
import { Words } from '../words.js'
import { checkedName } from './clients.js'
import { modeOf, notInCluster } from './cluster.js'
import rows from './connection.json' with { type: 'json' }
import { databaseAt } from './generic.js'
import { endTransaction } from './transactions.js'

/** The Redis whose replies these are. */
export const REDIS_VERSION = '7.0.15'
const DEFAULT_USER = 'default'

const ping: Run = (client, argv) => {
  if (argv.length > 2) throw wrongArity('ping')
  const message = argv[1] ?? ''
  if (client.protocol === 2 && client.isSubscribed) return ['pong', message]
  return argv.length === 2 ? message : new Status('PONG')
}

const select: Run = (client, [, index]) => {
  const number = parseInt32(index)
  if (client.server.cluster && number !== 0) throw notInCluster('SELECT is')
  client.db = databaseAt(client, number)
  return OK
}

const quit: Run = (client) => {
  client.isClosing = true
  return OK
}

const reset: Run = (client) => {
  const { server } = client
  endTransaction(client)
  server.forget(client)
  client.db = server.databases[0]
  client.name = ''
  client.protocol = 2
  client.isLocked = server.settings.requirepass !== ''
  client.setReplies('on')
  return new Status('RESET')
}

function authenticate(client: Client, user: string, password: string): void {
  const { settings } = client.server
  if (user !== DEFAULT_USER || (settings.requirepass !== '' && password !== settings.requirepass))
    throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.')
  client.isLocked = false
}

/** The only user is the default one. Without requirepass any password is right for it. */
const auth: Run = (client, argv) => {
  if (argv.length > 3) throw syntaxError()
  if (argv.length === 3) authenticate(client, argv[1], argv[2])
  else if (client.server.settings.requirepass === '')
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  else authenticate(client, DEFAULT_USER, argv[1])
  return OK
}

function protocolOf(text: string): 2 | 3 {
  const version = parseCount(
    text,
    () => new RedisError('ERR Protocol version is not an integer or out of range'),
  )
  if (version !== 2 && version !== 3) throw new RedisError('NOPROTO unsupported protocol version')
  return version
}

const hello: Run = (client, argv) => {
  const protocol = argv.length > 1 ? protocolOf(argv[1]) : client.protocol
  const words = new Words(argv, 2)
  while (words.more) {
    const word = words.next()
    const option = word.toUpperCase()
    if (option === 'AUTH' && words.left >= 2) authenticate(client, words.next(), words.next())
    else if (option === 'SETNAME' && words.more) client.name = checkedName(words.next())
    else throw new RedisError(`ERR Syntax error in HELLO option '${word}'`)
  }
  if (client.isLocked)
    throw new RedisError(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    )
  client.protocol = protocol
  const facts: Reply[] = ['server', 'redis', 'version', REDIS_VERSION, 'proto', protocol, 'id', client.id]
  return new Typed('map', [...facts, 'mode', modeOf(client.server), 'role', 'master', 'modules', []])
}

export const connection = family('connection', rows, {
  ping,
  select,
  quit,
  reset,
  auth,
  hello,
  echo: (_, [, message]) => message,
})
