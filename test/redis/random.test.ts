import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connect } from './client.js'

const members = fc.uniqueArray(fc.integer({ min: 0, max: 200 }).map(String), { minLength: 1, maxLength: 40 })
const count = fc.integer({ min: 1, max: 60 })
const sorted = (items: readonly string[]) => [...items].sort()

/** How to fill the key `k`, and how to draw from it. */
const draws = [
  ['SRANDMEMBER', (items: string[]) => `SADD k ${items.join(' ')}`],
  ['HRANDFIELD', (items: string[]) => `HSET k ${items.map((item) => `${item} v`).join(' ')}`],
  ['ZRANDMEMBER', (items: string[]) => `ZADD k ${items.map((item) => `1 ${item}`).join(' ')}`],
] as const

describe.each(draws)('%s', (name, fill) => {
  test('draws distinct items for a count ≥ 0, exactly |count| items for a count < 0, and removes none', () => {
    fc.assert(
      fc.property(members, count, (items, n) => {
        const { say } = connect()
        say(fill(items))
        const distinct = say(`${name} k ${n}`) as string[]
        expect(distinct).toHaveLength(Math.min(n, items.length))
        expect(new Set(distinct).size).toBe(distinct.length)
        const repeated = say(`${name} k -${n}`) as string[]
        expect(repeated).toHaveLength(n)
        for (const item of [...distinct, ...repeated, say(`${name} k`)]) expect(items).toContain(item)
        expect(sorted(say(`${name} k ${items.length}`) as string[])).toEqual(sorted(items))
      }),
    )
  })
})

test('SPOP draws distinct members and removes exactly those', () => {
  fc.assert(
    fc.property(members, count, (items, n) => {
      const { say } = connect()
      say(`SADD k ${items.join(' ')}`)
      const drawn = say(`SPOP k ${n}`) as string[]
      expect(drawn).toHaveLength(Math.min(n, items.length))
      expect(sorted([...drawn, ...(say('SMEMBERS k') as string[])])).toEqual(sorted(items))
    }),
  )
})

test('RANDOMKEY draws a key that exists, and nil from an empty database', () => {
  const { say } = connect()
  expect(say('RANDOMKEY')).toBeNull()
  say('MSET a 1 b 2 c 3')
  const drawn = new Set(Array.from({ length: 100 }, () => say('RANDOMKEY')))
  expect(drawn).toEqual(new Set(['a', 'b', 'c']))
})

const scans = [
  ['SCAN', (item: string) => `SET ${item} v`, (item: string) => `DEL ${item}`, 1],
  ['SSCAN k', (item: string) => `SADD k ${item}`, (item: string) => `SREM k ${item}`, 1],
  ['HSCAN k', (item: string) => `HSET k ${item} 1`, (item: string) => `HDEL k ${item}`, 2],
  ['ZSCAN k', (item: string) => `ZADD k 1 ${item}`, (item: string) => `ZREM k ${item}`, 2],
] as const

describe.each(scans)('%s', (name, add, remove, width) => {
  test('returns every element that is present from the first call to the last', () => {
    fc.assert(
      fc.property(members, members, fc.integer({ min: 1, max: 10 }), (kept, others, size) => {
        const { say } = connect()
        for (const item of kept) say(add(`kept${item}`))
        for (const item of others) say(add(`other${item}`))
        const seen = new Set<string>()
        let cursor = '0'
        let calls = 0
        do {
          const [next, items] = say(`${name} ${cursor} COUNT ${size}`) as [string, string[]]
          for (let i = 0; i < items.length; i += width) seen.add(items[i])
          if (calls < others.length) say(remove(`other${others[calls]}`))
          cursor = next
          calls++
        } while (cursor !== '0' && calls < 1000)
        expect(cursor).toBe('0')
        for (const item of kept) expect(seen).toContain(`kept${item}`)
      }),
    )
  })
})
