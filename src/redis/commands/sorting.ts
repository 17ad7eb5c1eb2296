import type { Run } from '../command.js'
import type { Database } from '../database.js'
import { floatIn } from '../numbers.js'
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

function itemsAt(db: Database, key: string): { items: readonly string[]; isSorted: boolean } {
  const value = db.get(key)
  if (value === undefined) return { items: [], isSorted: false }
  if (value instanceof QuickList) return { items: value.slice(), isSorted: false }
  if (value instanceof Members) return { items: value.inOrder(), isSorted: false }
  if (!(value instanceof SortedSet)) throw wrongType()
  value.isPacked = false
  return { items: value.items().map(({ member }) => member), isSorted: true }
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

/** Reads a number as C's strtod does: leading blanks are skipped, and a zero byte ends the text. */
function numberIn(text: string): number | undefined {
  const [number] = text.trimStart().split('\0')
  return number === '' ? 0 : floatIn(number)
}

function sorted(db: Database, items: readonly string[], { by, isText, isDescending }: SortOptions): string[] {
  const weighted = items.map((item) => {
    const text = by === undefined ? item : lookUp(db, by, item)?.toString()
    if (isText) return { item, text: text ?? '', number: 0 }
    const number = numberIn(text ?? '')
    if (number === undefined) throw new RedisError("ERR One or more scores can't be converted into double")
    return { item, text: '', number }
  })
  const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  // Items break ties of weights, so that the order is deterministic.
  weighted.sort((a, b) => {
    const order = isText ? compared(a.text, b.text) : a.number - b.number
    const tie = order === 0 && by !== undefined ? compared(a.item, b.item) : order
    return isDescending ? -tie : tie
  })
  return weighted.map(({ item }) => item)
}

function sorting(canStore: boolean): Run {
  return ({ db, server }, argv) => {
    const options = parseOptions(argv, canStore, server.cluster !== undefined)
    const { by, gets, limit, isDescending, store } = options
    const { items, isSorted } = itemsAt(db, argv[1])
    const isLeft = by !== undefined && !by.includes('*')
    work.steps += items.length
    const ordered = isLeft
      ? isSorted && isDescending
        ? items.toReversed()
        : items
      : sorted(db, items, options)
    const start = Math.max(0, limit[0])
    const chosen = ordered.slice(start, limit[1] < 0 ? undefined : start + limit[1])
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
