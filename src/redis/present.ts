import { formatDouble } from './numbers.js'
import {
  BigNumber,
  Double,
  NO_ARRAY,
  RedisError,
  type Reply,
  Several,
  Status,
  Truth,
  Typed,
  textOf,
  toText,
  Verbatim,
} from './reply.js'
import { quoted } from './split.js'

/** A reply as JSON; bytes that are not UTF-8 are in base64. */
export type Plain =
  | string
  | number
  | bigint
  | null
  | { readonly status: string }
  | { readonly error: string }
  | { readonly base64: string }
  | readonly Plain[]

/**
 * A reply of the store as plain data: a status as `{ status }`, an error as `{ error }`, nil as null, bulk strings as text.
 *
 * @example
 * import { askRedis, plainReply, type RedisReply, RedisStore } from 'cachelab/redis'
 * const client = new RedisStore().connect()
 * const ask = (...words: string[]): RedisReply => plainReply(askRedis(client, words))
 * ask('SET', 'greeting', 'hello') // { status: 'OK' }
 * ask('INCR', 'greeting') // { error: 'ERR value is not an integer or out of range' }
 * ask('MGET', 'greeting', 'other') // [ 'hello', null ]
 */
export function plain(reply: Reply): Plain {
  if (reply instanceof Uint8Array) return plainText(textOf(reply))
  if (typeof reply === 'string') return plainText(reply)
  if (typeof reply === 'number' || typeof reply === 'bigint' || reply === null) return reply
  if (reply instanceof Status) return { status: toText(reply.text) }
  if (reply instanceof RedisError) return { error: toText(reply.text) }
  if (reply instanceof Double) return reply.text ?? formatDouble(reply.value)
  if (reply === NO_ARRAY) return null
  if (reply instanceof Truth) return Number(reply.value)
  if (reply instanceof Verbatim || reply instanceof BigNumber) return plainText(reply.text)
  return itemsOf(reply).map(plain)
}

/** UTF-8 text, or other bytes in base64. */
export function plainText(bytes: string): string | { base64: string } {
  const text = toText(bytes)
  return text.includes('\ufffd') ? { base64: Buffer.from(bytes, 'latin1').toString('base64') } : text
}

/** JSON in which integers of 64 bits keep all their digits. */
export function stringify(value: unknown, indent?: number): string {
  const text = JSON.stringify(
    value,
    (_, item) => (typeof item === 'bigint' ? `\u0000${item}\u0000` : item),
    indent,
  )
  return text.replace(/"\\u0000(-?\d+)\\u0000"/g, '$1')
}

/** A reply as redis-cli shows it to a person. Lines end with a line feed. */
export function pretty(reply: Reply, indent = ''): string {
  if (reply instanceof Uint8Array) return `${quoted(textOf(reply))}\n`
  if (typeof reply === 'string') return `${quoted(reply)}\n`
  if (typeof reply === 'number' || typeof reply === 'bigint') return `(integer) ${reply}\n`
  if (reply === null || reply === NO_ARRAY) return '(nil)\n'
  if (reply instanceof Status) return `${reply.text}\n`
  if (reply instanceof RedisError) return `(error) ${reply.text}\n`
  if (reply instanceof Double) return `${quoted(reply.text ?? formatDouble(reply.value))}\n`
  if (reply instanceof Truth) return `(integer) ${Number(reply.value)}\n`
  if (reply instanceof BigNumber) return `${reply.text}\n`
  if (reply instanceof Verbatim) return `${quoted(reply.text)}\n`
  const items = itemsOf(reply)
  if (items.length === 0) return '(empty array)\n'
  const width = String(items.length).length
  const inner = `${indent}${' '.repeat(width + 2)}`
  return items
    .map((item, i) => {
      const label = `${String(i + 1).padStart(width)}) `
      return `${i === 0 ? '' : indent}${label}${pretty(item, inner)}`
    })
    .join('')
}

/** A reply as redis-cli writes it into a pipe. */
export function raw(reply: Reply): string {
  if (reply instanceof Uint8Array) return textOf(reply)
  if (reply === null || reply === NO_ARRAY) return ''
  if (typeof reply === 'string' || typeof reply === 'number' || typeof reply === 'bigint')
    return String(reply)
  if (reply instanceof Status || reply instanceof RedisError) return reply.text
  if (reply instanceof Double) return reply.text ?? formatDouble(reply.value)
  if (reply instanceof Truth) return String(Number(reply.value))
  if (reply instanceof Verbatim || reply instanceof BigNumber) return reply.text
  return itemsOf(reply).map(raw).join('\n')
}

/** The items of a reply that has some. EXEC's have SUBSCRIBE's confirmations as they are. */
const itemsOf = (reply: Typed | readonly Reply[]): readonly Reply[] =>
  reply instanceof Typed ? reply.items : reply instanceof Several ? reply.replies : reply
