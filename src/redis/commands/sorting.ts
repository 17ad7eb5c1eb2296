import type { Client } from '../client.js'
import type { Run } from '../command.js'
import type { Database } from '../database.js'
import { sortedNumberIn } from '../numbers.js'
import { RedisError, type Reply, syntaxError, wrongType } from '../reply.js'
import { Bytes } from '../values/bytes.js'
import { QuickList } from '../values/quick-list.js'
import { SortedSet } from '../values/sorted-set.js'
import { Hash, Members } from '../values/value.js'
import { work } from '../values/work.js'
import { Words } from '../words.js'

interface SortOptions {
  by: string | undefined
  limit: [number, number]
  readonly gets: string[]
  isDescending: boolean
  isText: boolean
  store: string | undefined
}

function parseOptions(argv: readonly string[], canStore: boolean, isInCluster: boolean): SortOptions {
  const options: SortOptions = {
    by: undefined,
    limit: [0, -1],
    gets: [],
    isDescending: false,
    isText: false,
    store: undefined,
  }
  const words = new Words(argv, 2)
  while (words.more) {
    const option = words.option()
    if (option === 'ASC' || option === 'DESC') options.isDescending = option === 'DESC'
    else if (option === 'ALPHA') options.isText = true
    else if (option === 'LIMIT' && words.left >= 2) options.limit = [words.count(), words.count()]
    else if (option === 'BY' && words.more) {
      options.by = words.next()
      if (isInCluster && options.by.includes('*')) throw denied(option)
    } else if (option === 'GET' && words.more) {
      if (isInCluster) throw denied(option)
      options.gets.push(words.next())
    } else if (option === 'STORE' && words.more && canStore) options.store = words.next()
    else throw syntaxError()
  }
  return options
}

/** Patterns name keys of any slot. */
const denied = (option: string) => new RedisError(`ERR ${option} option of SORT denied in Cluster mode.`)

function itemsAt(db: Database, key: string): { items: readonly string[]; isSet: boolean } {
  const value = db.get(key)
  if (value === undefined) return { items: [], isSet: false }
  if (value instanceof QuickList) return { items: value.slice(), isSet: false }
  if (value instanceof Members) return { items: value.inOrder(), isSet: true }
  if (!(value instanceof SortedSet)) throw wrongType()
  value.isPacked = false
  return { items: value.items().map(({ member }) => member), isSet: false }
}

/** What a pattern such as `weight_*` or `user:*->age` means for an item; `#` is the item itself. */
function lookUp(db: Database, pattern: string, item: string): string | Bytes | null {
  if (pattern === '#') return item
  const star = pattern.indexOf('*')
  if (star < 0) return null
  const arrow = pattern.indexOf('->', star)
  const hasField = arrow >= 0 && arrow + 2 < pattern.length
  const key = pattern.slice(0, star) + item + pattern.slice(star + 1, hasField ? arrow : undefined)
  const value = db.get(key)
  if (hasField) return value instanceof Hash ? (value.get(pattern.slice(arrow + 2)) ?? null) : null
  return typeof value === 'string' || value instanceof Bytes ? value : null
}

/** Text as C's strcoll compares it without a locale, up to a zero byte. */
const untilZero = (text: string) => text.split('\0', 1)[0]

const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Compares by numbers; items with the same one are in the order of their bytes. */
function byNumber(items: readonly string[], weightOf: (item: string) => string | undefined) {
  const numbers = new Map<string, number>()
  for (const item of items) {
    const number = sortedNumberIn(weightOf(item) ?? '')
    if (number === undefined) throw new RedisError("ERR One or more scores can't be converted into double")
    numbers.set(item, number)
  }
  return (a: string, b: string) => numbers.get(a)! - numbers.get(b)! || compared(a, b)
}

/** Compares by text; what has none comes first, and items with the same text stay as they were. */
function byText(items: readonly string[], weightOf: (item: string) => string | undefined, isStored: boolean) {
  const texts = new Map<string, string | undefined>()
  for (const item of items) {
    const text = weightOf(item)
    texts.set(item, text === undefined || isStored ? text : untilZero(text))
  }
  return (a: string, b: string) => {
    const [first, second] = [texts.get(a), texts.get(b)]
    if (first === undefined || second === undefined)
      return Number(second === undefined) - Number(first === undefined)
    return compared(first, second)
  }
}

function sorted(
  db: Database,
  items: readonly string[],
  { by, isText, isDescending, store }: SortOptions,
): string[] {
  const weightOf = (item: string) =>
    by === undefined ? item : (lookUp(db, by, item)?.toString() ?? undefined)
  const compare = isText ? byText(items, weightOf, store !== undefined) : byNumber(items, weightOf)
  return items.toSorted(isDescending ? (a, b) => -compare(a, b) : compare)
}

/**
 * The items in order. Without a `*` in BY they stay as they are, but a set's that are stored or that a script gets are
 * sorted as text.
 */
function ordered({ db, script }: Client, key: string, options: SortOptions): readonly string[] {
  const { items, isSet } = itemsAt(db, key)
  work.steps += items.length
  if (options.by === undefined || options.by.includes('*')) return sorted(db, items, options)
  if (isSet && (script !== undefined || options.store !== undefined))
    return sorted(db, items, { ...options, by: undefined, isText: true })
  return options.isDescending && !isSet ? items.toReversed() : items
}

function sorting(canStore: boolean): Run {
  return (client, argv) => {
    const { db, server } = client
    const options = parseOptions(argv, canStore, server.cluster !== undefined)
    const { gets, limit, store } = options
    const all = ordered(client, argv[1], options)
    const start = Math.max(0, limit[0])
    const chosen = all.slice(start, limit[1] < 0 ? undefined : start + limit[1])
    const given =
      gets.length === 0 ? chosen : chosen.flatMap((item) => gets.map((get) => lookUp(db, get, item)))
    if (store === undefined) return given.map((item): Reply => (item instanceof Bytes ? item.reply() : item))
    if (given.length > 0)
      db.put(store, QuickList.of(given.map((item) => item?.toString() ?? '')), undefined, 'sortstore')
    else db.delete(store, 'del')
    return given.length
  }
}

export const sort = sorting(true)
export const sortReadOnly = sorting(false)
