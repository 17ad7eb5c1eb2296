import { formatDouble } from '../numbers.js'
import { Double, NO_ARRAY, RedisError, type Reply, Several, Status, Typed } from '../reply.js'

/**
 * A reply in RESP2 or RESP3, one character per byte. RESP3 has types for what RESP2 flattens into arrays. Redis's
 * protocol specification, "RESP protocol description".
 */
export function encode(reply: Reply | Several, protocol: 2 | 3): string {
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}\r\n`
  if (reply === null) return protocol === 3 ? '_\r\n' : '$-1\r\n'
  if (reply === NO_ARRAY) return protocol === 3 ? '_\r\n' : '*-1\r\n'
  if (reply instanceof Status) return `+${reply.text}\r\n`
  if (reply instanceof RedisError) return `-${reply.text.replace(/[\r\n]/g, ' ')}\r\n`
  if (reply instanceof Double) return encodeDouble(reply.value, protocol)
  if (reply instanceof Several) return reply.replies.map((one) => encode(one, protocol)).join('')
  if (reply instanceof Typed) return encodeTyped(reply, protocol)
  return `*${(reply as readonly Reply[]).length}\r\n${all(reply as readonly Reply[], protocol)}`
}

const all = (items: readonly Reply[], protocol: 2 | 3) => items.map((item) => encode(item, protocol)).join('')

function encodeDouble(value: number, protocol: 2 | 3): string {
  const text = formatDouble(value)
  return protocol === 3 ? `,${text}\r\n` : `$${text.length}\r\n${text}\r\n`
}

function encodeTyped({ kind, items }: Typed, protocol: 2 | 3): string {
  if (protocol === 2) return `*${items.length}\r\n${all(items, protocol)}`
  if (kind === 'map') return `%${items.length / 2}\r\n${all(items, protocol)}`
  if (kind === 'set') return `~${items.length}\r\n${all(items, protocol)}`
  if (kind === 'push') return `>${items.length}\r\n${all(items, protocol)}`
  const pairs = Array.from({ length: items.length / 2 }, (_, i): Reply => [items[2 * i], items[2 * i + 1]])
  return `*${pairs.length}\r\n${all(pairs, protocol)}`
}
