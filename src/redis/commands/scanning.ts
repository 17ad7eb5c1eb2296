import { matchesGlob } from '../glob.js'
import { parseCount } from '../numbers.js'
import { RedisError, type Reply, syntaxError } from '../reply.js'
import type { Words } from '../words.js'

export interface ScanOptions {
  readonly pattern: string | undefined
  readonly count: number
  readonly type: string | undefined
}

const MAX_CURSOR = 2n ** 64n - 1n

/** A cursor as C's strtoul reads it: a negative one counts from 2⁶⁴ down, and no digits at all are 0. */
export function parseCursor(text: string): number {
  const [number] = text.split('\0')
  const value = /^[-+]?\d+$/.test(number) ? BigInt(number.replace('+', '')) : number === '' ? 0n : undefined
  if (value === undefined || value > MAX_CURSOR || value < -MAX_CURSOR)
    throw new RedisError('ERR invalid cursor')
  return Number(BigInt.asUintN(64, value))
}

export function scanOptions(words: Words, allowsType = false): ScanOptions {
  const options: { pattern?: string; count: number; type?: string } = { count: 10 }
  while (words.more) {
    const option = words.option()
    if (option === 'MATCH' && words.more) options.pattern = words.next()
    else if (option === 'COUNT' && words.more) {
      options.count = parseCount(words.next())
      if (options.count < 1) throw syntaxError()
    } else if (option === 'TYPE' && allowsType && words.more) options.type = words.next().toLowerCase()
    else throw syntaxError()
  }
  return { pattern: options.pattern, count: options.count, type: options.type }
}

export const passes = ({ pattern }: ScanOptions, name: string) =>
  pattern === undefined || pattern === '*' || matchesGlob(pattern, name)

export const scanned = (cursor: number, items: readonly Reply[]): Reply => [String(cursor), items]
