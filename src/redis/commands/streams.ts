import type { Client } from '../client.js'
import { type Answer, family, type Run } from '../command.js'
import { parseCount, parseInteger } from '../numbers.js'
import {
  NO_ARRAY,
  noSuchKey,
  OK,
  RedisError,
  type Reply,
  syntaxError,
  Typed,
  wrongArity,
  wrongForm,
} from '../reply.js'
import {
  formatId,
  idOf,
  MAX_ID,
  MAX_SEQUENCE,
  msOf,
  Stream,
  type StreamEntry,
  type StreamId,
  sequenceOf,
} from '../values/stream.js'
import { Words } from '../words.js'
import { parseEnd, parseId } from './stream-ids.js'
import { parseTrimRequest, type TrimRequest } from './stream-trimming.js'
import rows from './streams.json' with { type: 'json' }
import { block, parseTimeoutMs } from './waiting.js'

/** Entries that a client gets at most that had to wait, without COUNT. */
const COUNT_AFTER_WAIT = 1000
/** Entries that XINFO STREAM FULL shows without COUNT. */
const COUNT_SHOWN = 10

const NO_LIMIT = Number.POSITIVE_INFINITY

const error = (text: string) => new RedisError(`ERR ${text}`)

const shown = (entries: readonly StreamEntry[]): Reply[] =>
  entries.map(({ id, fields }) => [formatId(id), fields])

/** The ID of a new entry; undefined where there is none after the last one. */
function nextId({ lastId }: Stream, now: number, given: TrimRequest['id']): StreamId | undefined {
  if (!given) {
    const id = idOf(BigInt(Math.floor(now)), 0n)
    return msOf(id) > msOf(lastId) ? id : lastId + 1n
  }
  if (!given.isPartial || msOf(given.id) !== msOf(lastId)) return given.id
  return sequenceOf(lastId) === MAX_SEQUENCE ? undefined : lastId + 1n
}

const xadd: Run = (client, argv) => {
  const { db, server } = client
  const key = argv[1]
  const words = new Words(argv, 2)
  const { isConditional, trimming, id: given } = parseTrimRequest(client, words, true)
  if (words.left < 2 || words.left % 2 === 1) throw wrongArity('xadd')
  if (given?.id === 0n && !given.isPartial) throw error('The ID specified in XADD must be greater than 0-0')
  if (isConditional && !db.stream(key)) return null
  const stream = db.ensure(key, Stream)
  if (stream.lastId === MAX_ID)
    throw error('The stream has exhausted the last possible ID, unable to add more items')
  const id = nextId(stream, server.now, given)
  if (id === undefined || id <= stream.lastId)
    throw error('The ID specified in XADD is equal or smaller than the target stream top item')
  if (!stream.append(id, words.rest(), server.settings)) throw error('Elements are too large to be stored')
  db.changed(key, 'xadd')
  if (trimming && stream.trim(trimming) > 0) db.changed(key, 'xtrim')
  db.grown(key)
  return formatId(id)
}

const xtrim: Run = (client, argv) => {
  const { db } = client
  const { trimming } = parseTrimRequest(client, new Words(argv, 2), false)
  const removed = db.stream(argv[1])?.trim(trimming!) ?? 0
  if (removed > 0) db.changed(argv[1], 'xtrim')
  return removed
}

const xdel: Run = ({ db }, [, key, ...texts]) => {
  const stream = db.stream(key)
  if (!stream) return 0
  const removed = texts.map((text) => parseId(text)).filter((id) => stream.delete(id)).length
  if (removed > 0) db.changed(key, 'xdel')
  return removed
}

function ranges(isBackwards: boolean): Run {
  return ({ db }, argv) => {
    const [, key, one, other] = argv
    const first = parseEnd(isBackwards ? other : one, true)
    const last = parseEnd(isBackwards ? one : other, false)
    let count = NO_LIMIT
    for (const words = new Words(argv, 4); words.more; ) {
      if (!words.takes('COUNT')) throw syntaxError()
      count = Math.max(0, words.count())
    }
    const stream = db.stream(key)
    if (!stream) return []
    return count === 0 ? NO_ARRAY : shown(stream.range(first, last, count, isBackwards))
  }
}

interface ReadRequest {
  readonly keys: readonly string[]
  readonly ids: readonly string[]
  /** 0 for no limit. */
  readonly count: number
  /** When it gives up waiting; undefined where it doesn't wait. */
  readonly deadline: number | undefined
}

function parseRead(client: Client, argv: readonly string[]): ReadRequest {
  const words = new Words(argv, 1)
  let count = 0
  let deadline: number | undefined
  while (words.more) {
    const option = words.option()
    if (option === 'BLOCK' && words.more) {
      if (client.script) throw error(`${argv[0]} command is not allowed with BLOCK option from scripts`)
      deadline = parseTimeoutMs(client, words.next())
    } else if (option === 'COUNT' && words.more) count = Math.max(0, words.count())
    else if (option === 'STREAMS' && words.more) {
      if (words.left % 2 !== 0)
        throw error("Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.")
      const keys = words.list(words.left / 2)
      return { keys, ids: words.rest(), count, deadline }
    } else if ((option === 'GROUP' && words.left >= 2) || option === 'NOACK')
      throw error(`The ${option} option is only supported by XREADGROUP. You called XREAD instead.`)
    else throw syntaxError()
  }
  throw syntaxError()
}

/** The ID after which a stream is read. */
function parseReadId(text: string, stream: Stream | undefined): StreamId {
  if (text === '$') return stream?.lastId ?? 0n
  if (text === '>')
    throw error(
      'The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
    )
  return parseId(text)
}

/** Streams with their entries, as XREAD answers. */
const readReply = (
  { protocol }: Client,
  found: readonly (readonly [key: string, entries: Reply])[],
): Reply => (protocol === 3 ? new Typed('map', found.flat()) : found)

const xread: Run = (client, argv): Answer => {
  const { db } = client
  const { keys, ids, count, deadline } = parseRead(client, argv)
  const after = keys.map((key, i) => parseReadId(ids[i], db.stream(key)))
  const entriesOf = (stream: Stream, i: number, most: number) =>
    after[i] === MAX_ID ? [] : stream.range(after[i] + 1n, MAX_ID, most)
  const found: [string, Reply][] = []
  for (const [i, key] of keys.entries()) {
    const stream = db.stream(key)
    const entries = stream ? entriesOf(stream, i, count || NO_LIMIT) : []
    if (entries.length > 0) found.push([key, shown(entries)])
  }
  if (found.length > 0) return readReply(client, found)
  if (deadline === undefined) return NO_ARRAY
  return block(client, 'stream', keys, deadline, NO_ARRAY, (key) => {
    const [stream, i] = [db.stream(key)!, keys.indexOf(key)]
    if (stream.lastId <= after[i]) return undefined
    return readReply(client, [[key, shown(entriesOf(stream, i, count || COUNT_AFTER_WAIT))]])
  })
}

const xsetid: Run = ({ db }, argv) => {
  const key = argv[1]
  const id = parseId(argv[2])
  let added: bigint | undefined
  let deleted = 0n
  for (const words = new Words(argv, 3); words.more; ) {
    const option = words.option()
    if (option === 'ENTRIESADDED' && words.more) {
      added = parseInteger(words.next())
      if (added < 0n) throw error('entries_added must be positive')
    } else if (option === 'MAXDELETEDID' && words.more) {
      deleted = parseId(words.next())
      if (id < deleted)
        throw error('The ID specified in XSETID is smaller than the provided max_deleted_entry_id')
    } else throw syntaxError()
  }
  const stream = db.stream(key)
  if (!stream) throw noSuchKey()
  if (stream.length > 0) {
    if (id < stream.range(0n, MAX_ID, 1, true)[0].id)
      throw error('The ID specified in XSETID is smaller than the target stream top item')
    if (added !== undefined && stream.length > added)
      throw error('The entries_added specified in XSETID is smaller than the target stream length')
  }
  stream.lastId = id
  if (added !== undefined) stream.entriesAdded = added
  if (deleted > 0n) stream.maxDeletedId = deleted
  db.notify(key, 'xsetid', stream)
  return OK
}

const xinfoStream: Run = ({ db }, argv) => {
  const stream = db.stream(argv[2])
  if (!stream) throw noSuchKey()
  const isFull = argv.length > 3
  const facts: Reply[] = [
    ...['length', stream.length, 'radix-tree-keys', stream.nodes.length],
    ...['radix-tree-nodes', stream.treeNodes, 'last-generated-id', formatId(stream.lastId)],
    ...['max-deleted-entry-id', formatId(stream.maxDeletedId)],
    ...['entries-added', BigInt.asIntN(64, stream.entriesAdded)],
    ...['recorded-first-entry-id', formatId(stream.firstId)],
  ]
  const edge = (isLast: boolean) => shown(stream.range(0n, MAX_ID, 1, isLast))[0] ?? null
  if (!isFull)
    return new Typed('map', [...facts, 'groups', 0, 'first-entry', edge(false), 'last-entry', edge(true)])
  const [, , , full, option, text] = argv
  if (full.toUpperCase() !== 'FULL' || argv.length === 5 || argv.length > 6) throw wrongForm(argv)
  if (option !== undefined && option.toUpperCase() !== 'COUNT') throw wrongForm(argv)
  const given = text === undefined ? COUNT_SHOWN : parseCount(text)
  const count = given < 0 ? COUNT_SHOWN : given || NO_LIMIT
  return new Typed('map', [...facts, 'entries', shown(stream.range(0n, MAX_ID, count)), 'groups', []])
}

export const streams = family('stream', rows, {
  xadd,
  xdel,
  'xinfo|stream': xinfoStream,
  xlen: ({ db }, [, key]) => db.stream(key)?.length ?? 0,
  xrange: ranges(false),
  xread,
  xrevrange: ranges(true),
  xsetid,
  xtrim,
})
