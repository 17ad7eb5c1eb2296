import type { Client } from '../client.js'
import { type Answer, family, type Run } from '../command.js'
import type { Database } from '../database.js'
import { parseCount } from '../numbers.js'
import { NO_ARRAY, RedisError, type Reply, syntaxError, wrongArity } from '../reply.js'
import { QuickList } from '../values/quick-list.js'
import { Words } from '../words.js'
import { listPositions } from './list-positions.js'
import rows from './lists.json' with { type: 'json' }
import { parseTimeout, waitFor } from './waiting.js'

type Side = 'LEFT' | 'RIGHT'

export const notPositive = () => new RedisError('ERR value is out of range, must be positive')

const push = (list: QuickList, side: Side, item: string) =>
  side === 'LEFT' ? list.pushFront(item) : list.pushBack(item)
const PUSHED = { LEFT: 'lpush', RIGHT: 'rpush' }
const POPPED = { LEFT: 'lpop', RIGHT: 'rpop' }
const pop = (list: QuickList, side: Side) => (side === 'LEFT' ? list.popFront() : list.popBack())

function pushes(side: Side, isConditional = false): Run {
  return ({ db }, argv) => {
    if (isConditional && !db.listAt(argv[1])) return 0
    const list = db.ensure(argv[1], QuickList)
    for (let i = 2; i < argv.length; i++) push(list, side, argv[i])
    db.changed(argv[1], PUSHED[side])
    return list.length
  }
}

/** Takes up to `count` items off one side. */
function take(db: Database, key: string, list: QuickList, side: Side, count: number): string[] {
  const items = Array.from({ length: Math.min(count, list.length) }, () => pop(list, side))
  if (items.length > 0) db.changed(key, POPPED[side])
  return items
}

function pops(side: Side): Run {
  return ({ db }, argv) => {
    const [name, key, wanted] = argv
    if (argv.length > 3) throw wrongArity(name.toLowerCase())
    const count = wanted === undefined ? undefined : parseCount(wanted, notPositive)
    if (count !== undefined && count < 0) throw notPositive()
    const list = db.listAt(key)
    if (!list) return count === undefined ? null : NO_ARRAY
    if (count === undefined) return take(db, key, list, side, 1)[0]
    return take(db, key, list, side, count)
  }
}

function blockingPops(side: Side): Run {
  return (client, argv) => {
    const deadline = parseTimeout(client, argv[argv.length - 1])
    const keys = argv.slice(1, -1)
    return waitFor(client, 'list', keys, deadline, NO_ARRAY, (key) => {
      const list = client.db.listAt(key)
      return list && [key, take(client.db, key, list, side, 1)[0]]
    })
  }
}

function parseSide(text: string): Side {
  const side = text.toUpperCase()
  if (side !== 'LEFT' && side !== 'RIGHT') throw syntaxError()
  return side
}

/** Moves an item; undefined where there is none. */
function move(db: Database, source: string, target: string, from: Side, to: Side): string | undefined {
  const list = db.listAt(source)
  if (!list) return undefined
  db.listAt(target)
  const item = pop(list, from)
  push(db.ensure(target, QuickList), to, item)
  db.changed(target, PUSHED[to])
  if (source === target) db.notify(source, POPPED[from], list)
  else db.changed(source, POPPED[from])
  return item
}

const lmove: Run = ({ db }, [, source, target, from, to]) =>
  move(db, source, target, parseSide(from), parseSide(to)) ?? null

function blockingMove(
  client: Client,
  words: readonly string[],
  from: Side,
  to: Side,
  timeout: string,
): Answer {
  const [, source, target] = words
  const deadline = parseTimeout(client, timeout)
  return waitFor(client, 'list', [source], deadline, null, () => move(client.db, source, target, from, to))
}

const blmove: Run = (client, argv) =>
  blockingMove(client, argv, parseSide(argv[3]), parseSide(argv[4]), argv[5])

export interface ManyPop {
  readonly keys: readonly string[]
  readonly which: string
  readonly count: number
}

/** `numkeys key [key ...] <one | other> [COUNT count]`, which LMPOP and ZMPOP have in common. */
export function parseManyPop(words: Words, choices: readonly string[]): ManyPop {
  const positive = (what: string) => new RedisError(`ERR ${what} should be greater than 0`)
  const numkeys = words.count(() => positive('numkeys'))
  if (numkeys <= 0) throw positive('numkeys')
  if (numkeys >= words.left) throw syntaxError()
  const keys = words.list(numkeys)
  const which = words.option()
  if (!choices.includes(which)) throw syntaxError()
  let count: number | undefined
  while (words.more) {
    if (count !== undefined || !words.takes('COUNT') || !words.more) throw syntaxError()
    count = words.count(() => positive('count'))
    if (count <= 0) throw positive('count')
  }
  return { keys, which, count: count ?? 1 }
}

function popFrom(client: Client, key: string, { which, count }: ManyPop): Reply | undefined {
  const list = client.db.listAt(key)
  return list && [key, take(client.db, key, list, which as Side, count)]
}

const lmpop: Run = (client, argv) => {
  const request = parseManyPop(new Words(argv, 1), ['LEFT', 'RIGHT'])
  for (const key of request.keys) {
    const popped = popFrom(client, key, request)
    if (popped) return popped
  }
  return NO_ARRAY
}

const blmpop: Run = (client, argv) => {
  const request = parseManyPop(new Words(argv, 2), ['LEFT', 'RIGHT'])
  const deadline = parseTimeout(client, argv[1])
  return waitFor(client, 'list', request.keys, deadline, NO_ARRAY, (key) => popFrom(client, key, request))
}

export const lists = family('list', rows, {
  ...listPositions,
  lmove,
  blmove,
  lmpop,
  blmpop,
  lpush: pushes('LEFT'),
  rpush: pushes('RIGHT'),
  lpushx: pushes('LEFT', true),
  rpushx: pushes('RIGHT', true),
  lpop: pops('LEFT'),
  rpop: pops('RIGHT'),
  blpop: blockingPops('LEFT'),
  brpop: blockingPops('RIGHT'),
  llen: ({ db }, [, key]) => db.listAt(key)?.length ?? 0,
  rpoplpush: ({ db }, [, source, target]) => move(db, source, target, 'RIGHT', 'LEFT') ?? null,
  brpoplpush: (client, argv) => blockingMove(client, argv, 'RIGHT', 'LEFT', argv[3]),
})
