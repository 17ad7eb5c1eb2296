import { type Client, type Replies, typeOfClient } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount } from '../numbers.js'
import { NOTHING, OK, RedisError, syntaxError, Verbatim, wrongForm } from '../reply.js'
import type { Server } from '../server.js'
import { Words } from '../words.js'
import { described } from './client-list.js'
import { trackingCommands } from './client-tracking.js'
import rows from './clients.json' with { type: 'json' }
import { parseTimeoutMs } from './waiting.js'

/** The name of a connection, or an error where it has a space or a sign that can't be printed. */
export function checkedName(name: string): string {
  if (/[^!-~]/.test(name))
    throw new RedisError('ERR Client names cannot contain spaces, newlines or special characters.')
  return name
}

const setName: Run = (client, [, , name]) => {
  client.name = checkedName(name)
  return OK
}

const TYPES = ['normal', 'master', 'replica', 'slave', 'pubsub']

function typeNamed(text: string): string {
  const type = text.toLowerCase()
  if (!TYPES.includes(type)) throw new RedisError(`ERR Unknown client type '${text}'`)
  return type
}

const list: Run = (client, argv) => {
  const { server } = client
  const option = argv[2]?.toUpperCase()
  let chosen = [...server.clients.values()]
  if (option === 'TYPE' && argv.length === 4) {
    const type = typeNamed(argv[3])
    chosen = chosen.filter((each) => typeOfClient(each) === type)
  } else if (option === 'ID' && argv.length > 3) {
    const ids = argv.slice(3).map((id) => parseCount(id, () => new RedisError('ERR Invalid client ID')))
    chosen = ids.flatMap((id) => server.clients.get(id) ?? [])
  } else if (argv.length !== 2) throw syntaxError()
  return new Verbatim(chosen.map((each) => described(each, each === client ? argv : undefined)).join(''))
}

/** What CLIENT KILL looks for; all that is given must fit. */
interface Wanted {
  id?: number
  type?: string
  user?: string
  addr?: string
  laddr?: string
}

const tooSmall = () => new RedisError('ERR client-id should be greater than 0')

function wantedIn(words: Words): { wanted: Wanted; skipsMe: boolean } {
  const wanted: Wanted = {}
  let skipsMe = true
  while (words.more) {
    const option = words.option()
    if (!words.more) throw syntaxError()
    if (option === 'ID') {
      wanted.id = words.count(tooSmall)
      if (wanted.id < 1) throw tooSmall()
    } else if (option === 'TYPE') wanted.type = typeNamed(words.next())
    else if (option === 'ADDR') wanted.addr = words.next()
    else if (option === 'LADDR') wanted.laddr = words.next()
    else if (option === 'USER') {
      wanted.user = words.next()
      if (wanted.user !== 'default') throw new RedisError(`ERR No such user '${wanted.user}'`)
    } else if (option === 'SKIPME') skipsMe = isYes(words.option())
    else throw syntaxError()
  }
  return { wanted, skipsMe }
}

function isYes(option: string): boolean {
  if (option !== 'YES' && option !== 'NO') throw syntaxError()
  return option === 'YES'
}

const fits = (client: Client, { id, type, user, addr, laddr }: Wanted) =>
  (addr === undefined || addr === client.peer.address) &&
  (laddr === undefined || laddr === client.peer.localAddress) &&
  (type === undefined || type === typeOfClient(client)) &&
  (id === undefined || id === client.id) &&
  (user === undefined || !client.isLocked)

function killAll(client: Client, wanted: Wanted, skipsMe: boolean): number {
  const { server } = client
  const found = [...server.clients.values()].filter(
    (each) => fits(each, wanted) && !(skipsMe && each === client),
  )
  for (const each of found) {
    // The client itself gets its reply first.
    if (each === client) client.isClosing = true
    else server.kill(each)
  }
  return found.length
}

const kill: Run = (client, argv) => {
  if (argv.length > 3) {
    const { wanted, skipsMe } = wantedIn(new Words(argv, 2))
    return killAll(client, wanted, skipsMe)
  }
  if (killAll(client, { addr: argv[2] }, false) === 0) throw new RedisError('ERR No such client')
  return OK
}

const unblock: Run = ({ server }, argv) => {
  const how = argv[3]?.toUpperCase() ?? 'TIMEOUT'
  if (argv.length > 4) throw wrongForm(argv)
  if (how !== 'TIMEOUT' && how !== 'ERROR')
    throw new RedisError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR')
  const waiter = server.clients.get(parseCount(argv[2]))
  const late = waiter?.waiting?.late
  if (!waiter || late === undefined) return 0
  const woken = new RedisError('UNBLOCKED client unblocked via CLIENT UNBLOCK')
  server.blocking.release(waiter, how === 'ERROR' ? woken : late)
  return 1
}

const pause: Run = (client, argv) => {
  const { server } = client
  if (argv.length > 4) throw wrongForm(argv)
  const mode = argv[3]?.toUpperCase() ?? 'ALL'
  if (mode !== 'ALL' && mode !== 'WRITE') throw new RedisError('ERR CLIENT PAUSE mode must be WRITE or ALL')
  const until = parseTimeoutMs(client, argv[2])
  if (until !== Number.POSITIVE_INFINITY) server.pauseUntil(until, mode === 'ALL')
  return OK
}

const unpause: Run = ({ server }: { server: Server }) => {
  server.endPause()
  return OK
}

const REPLIES: Readonly<Record<string, Replies>> = { ON: 'on', OFF: 'off', SKIP: 'skip next' }

const reply: Run = (client, [, , mode]) => {
  const replies = Object.hasOwn(REPLIES, mode.toUpperCase()) ? REPLIES[mode.toUpperCase()] : undefined
  if (replies === undefined) throw syntaxError()
  if (replies !== 'skip next' || client.replies !== 'off') client.setReplies(replies)
  return replies === 'on' ? OK : NOTHING
}

const noEvict: Run = (client, [, , mode]) => {
  const option = mode.toUpperCase()
  if (option !== 'ON' && option !== 'OFF') throw syntaxError()
  client.isKept = option === 'ON'
  return OK
}

export const clients = family('connection', rows, {
  ...trackingCommands,
  'client|id': ({ id }) => id,
  'client|getname': ({ name }) => (name === '' ? null : name),
  'client|setname': setName,
  'client|info': (client, argv) => new Verbatim(described(client, argv)),
  'client|list': list,
  'client|kill': kill,
  'client|unblock': unblock,
  'client|pause': pause,
  'client|unpause': unpause,
  'client|reply': reply,
  'client|no-evict': noEvict,
})
