import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byLayer } from '../layer.js'
import { connect } from './client.js'

// Commands beside plain models of what their documentation says: lists as arrays, strings of bits as arrays of bits,
// sorted sets as arrays that are sorted.

const runs = { numRuns: byLayer(60, 600) }
const index = fc.integer({ min: -9, max: 9 })

/** The items from start to stop, negative ones counted from the end. */
function range<T>(items: readonly T[], start: number, stop: number): T[] {
  const from = start < 0 ? Math.max(0, items.length + start) : start
  const to = stop < 0 ? items.length + stop : stop
  return items.filter((_, i) => i >= from && i <= to)
}

describe('lists', () => {
  const items = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 })

  function listOf(list: readonly string[]) {
    const { say } = connect()
    say(`RPUSH l ${list.join(' ')}`)
    return { say, all: () => say('LRANGE l 0 -1') }
  }

  test('LRANGE, LINDEX and LTRIM', () => {
    fc.assert(
      fc.property(items, index, index, (list, start, stop) => {
        const { say, all } = listOf(list)
        expect(say(`LRANGE l ${start} ${stop}`)).toEqual(range(list, start, stop))
        expect(say(`LINDEX l ${start}`)).toBe(list.at(start) ?? null)
        expect(say(`LTRIM l ${start} ${stop}`)).toEqual({ status: 'OK' })
        expect(all()).toEqual(range(list, start, stop))
        expect(say('EXISTS l')).toBe(range(list, start, stop).length > 0 ? 1 : 0)
      }),
      runs,
    )
  })

  test('LSET, LINSERT and LREM', () => {
    fc.assert(
      fc.property(items, index, fc.boolean(), (list, at, isBefore) => {
        const { say, all } = listOf(list)
        const model: string[] = [...list]
        const place = at < 0 ? model.length + at : at
        if (place in model) {
          expect(say(`LSET l ${at} b`)).toEqual({ status: 'OK' })
          model[place] = 'b'
        } else expect(say(`LSET l ${at} b`)).toEqual({ error: 'ERR index out of range' })
        expect(all()).toEqual(model)
        const pivot = model.indexOf('b')
        if (pivot >= 0) model.splice(isBefore ? pivot : pivot + 1, 0, 'x')
        expect(say(`LINSERT l ${isBefore ? 'before' : 'AFTER'} b x`)).toBe(pivot < 0 ? -1 : model.length)
        expect(all()).toEqual(model)
        const places = [...model.keys()].filter((i) => model[i] === 'a')
        const gone = at === 0 ? places : at > 0 ? places.slice(0, at) : places.slice(at)
        expect(say(`LREM l ${at} a`)).toBe(gone.length)
        expect(all()).toEqual(model.filter((_, i) => !gone.includes(i)))
      }),
      runs,
    )
  })

  test('LPOS', () => {
    const rank = fc.constantFrom(-3, -2, -1, 1, 2, 3)
    const some = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined })
    fc.assert(
      fc.property(items, rank, some, some, (list, nth, count, most) => {
        const { say } = listOf(list)
        const order = [...list.keys()]
        if (nth < 0) order.reverse()
        const looked = most ? order.slice(0, most) : order
        const found = looked.filter((i) => list[i] === 'a').slice(Math.abs(nth) - 1)
        const options = `RANK ${nth}${most === undefined ? '' : ` MAXLEN ${most}`}`
        if (count === undefined) expect(say(`LPOS l a ${options}`)).toBe(found[0] ?? null)
        else {
          const wanted = count === 0 ? found : found.slice(0, count)
          expect(say(`LPOS l a ${options} COUNT ${count}`)).toEqual(wanted)
        }
      }),
      runs,
    )
  })
})

describe('bits', () => {
  const bytes = fc.array(fc.constantFrom(0, 0xff, 1, 0x80, 0x5a), { minLength: 1, maxLength: 5 })
  const bitsOf = (list: readonly number[]) => [
    ...list.map((byte) => byte.toString(2).padStart(8, '0')).join(''),
  ]

  function stringOf(list: readonly number[]) {
    const { say } = connect()
    say(`SET s "${list.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`)
    return say
  }

  test('GETBIT, SETBIT and BITCOUNT', () => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 60 }), fc.nat({ max: 1 }), (list, offset, bit) => {
        const say = stringOf(list)
        const bits = bitsOf(list)
        expect(say(`GETBIT s ${offset}`)).toBe(Number(bits[offset] ?? 0))
        expect(say(`SETBIT s ${offset} ${bit}`)).toBe(Number(bits[offset] ?? 0))
        while (bits.length <= offset) bits.push(...'00000000')
        bits[offset] = String(bit)
        expect(bits.map((_, i) => say(`GETBIT s ${i}`))).toEqual(bits.map(Number))
        expect(say('STRLEN s')).toBe(bits.length / 8)
        expect(say('BITCOUNT s')).toBe(bits.filter((one) => one === '1').length)
      }),
      runs,
    )
  })

  test('BITCOUNT and BITPOS of a range of bytes and of bits', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -50, max: 50 }),
        (list, start, end) => {
          const say = stringOf(list)
          const bits = bitsOf(list).map((bit, place) => ({ bit, place }))
          const within = {
            BYTE: range([...list.keys()], start, end).flatMap((byte) => bits.slice(byte * 8, byte * 8 + 8)),
            BIT: range(bits, start, end),
          }
          // Redis takes an end before the beginning for the first byte or bit.
          fc.pre(end >= -8 * list.length && (end >= 0 || end >= -list.length))
          for (const unit of ['BYTE', 'BIT'] as const) {
            const ones = within[unit].filter(({ bit }) => bit === '1').length
            expect(say(`BITCOUNT s ${start} ${end} ${unit}`)).toBe(ones)
            for (const wanted of ['0', '1']) {
              const first = within[unit].find(({ bit }) => bit === wanted)
              expect(say(`BITPOS s ${wanted} ${start} ${end} ${unit}`)).toBe(first?.place ?? -1)
            }
          }
          expect(say(`BITCOUNT s ${start} ${end}`)).toBe(within.BYTE.filter(({ bit }) => bit === '1').length)
          const open = range([...list.keys()], start, -1).flatMap((byte) =>
            bits.slice(byte * 8, byte * 8 + 8),
          )
          const one = open.find(({ bit }) => bit === '1')?.place ?? -1
          expect(say(`BITPOS s 1 ${start}`)).toBe(one)
          // Without an end the string goes on with zeros.
          const zero = open.find(({ bit }) => bit === '0')?.place ?? (open.length > 0 ? bits.length : -1)
          expect(say(`BITPOS s 0 ${start}`)).toBe(zero)
        },
      ),
      runs,
    )
  })

  test('BITOP', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const { say } = connect()
        const text = (list: readonly number[]) =>
          `"${list.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`
        say(`SET a ${text(a)}`)
        say(`SET b ${text(b)}`)
        const combined = (combine: (x: number, y: number) => number) =>
          Array.from({ length: Math.max(a.length, b.length) }, (_, i) => combine(a[i] ?? 0, b[i] ?? 0))
        for (const [operation, list] of [
          ['AND a b', combined((x, y) => x & y)],
          ['or a b', combined((x, y) => x | y)],
          ['XOR a b none', combined((x, y) => x ^ y)],
          ['NOT a', a.map((byte) => 255 - byte)],
        ] as const) {
          const [name, ...keys] = operation.split(' ')
          expect(say(`BITOP ${name} to ${keys.join(' ')}`)).toBe(list.length)
          expect(bitsOf(list).map((_, i) => say(`GETBIT to ${i}`))).toEqual(bitsOf(list).map(Number))
        }
      }),
      { numRuns: byLayer(20, 200) },
    )
  })
})

describe('sorted sets', () => {
  const members = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.integer({ min: -2, max: 3 }),
    {
      minKeys: 1,
    },
  )
  const bound = fc.constantFrom('-inf', '+inf', '0', '(0', '1', '(1', '-1.5', '(2')

  function setOf(scores: Record<string, number>) {
    const { say } = connect()
    const sorted = Object.entries(scores).sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    // All have to be moved to their scores.
    for (const [member] of sorted) say(`ZADD z 1 ${member}`)
    for (const [member, score] of sorted) say(`ZADD z ${score} ${member}`)
    // A long member makes a set one that isn't packed, which it stays when the member has gone.
    if (sorted.length % 2 === 1)
      for (const command of ['ZADD z 0', 'ZREM z']) say(`${command} ${'x'.repeat(65)}`)
    return { say, sorted, names: sorted.map(([member]) => member) }
  }

  function isWithin(score: number, min: string, max: string): boolean {
    const number = (text: string) => Number(text.replace('(', '').replace('inf', 'Infinity'))
    const isAbove = min.startsWith('(') ? score > number(min) : score >= number(min)
    return isAbove && (max.startsWith('(') ? score < number(max) : score <= number(max))
  }

  test('ranges by rank, and ranks', () => {
    fc.assert(
      fc.property(members, index, index, (scores, start, stop) => {
        const { say, sorted, names } = setOf(scores)
        expect(say(`ZRANGE z ${start} ${stop}`)).toEqual(range(names, start, stop))
        expect(say(`ZREVRANGE z ${start} ${stop}`)).toEqual(range(names.toReversed(), start, stop))
        expect(say(`ZRANGE z ${start} ${stop} REV`)).toEqual(range(names.toReversed(), start, stop))
        const flat = range(sorted, start, stop).flatMap(([name, score]) => [name, String(score)])
        expect(say(`ZRANGE z ${start} ${stop} WITHSCORES`)).toEqual(flat)
        for (const [i, name] of names.entries()) {
          expect([say(`ZRANK z ${name}`), say(`ZREVRANK z ${name}`)]).toEqual([i, names.length - 1 - i])
        }
        const gone = range(names, start, stop)
        expect(say(`ZREMRANGEBYRANK z ${start} ${stop}`)).toBe(gone.length)
        expect(say('ZRANGE z 0 -1')).toEqual(names.filter((name) => !gone.includes(name)))
      }),
      runs,
    )
  })

  test('ranges by score', () => {
    fc.assert(
      fc.property(members, bound, bound, index, index, (scores, min, max, skip, count) => {
        const { say, sorted, names } = setOf(scores)
        const found = sorted.filter(([, score]) => isWithin(score, min, max)).map(([name]) => name)
        const limited = (list: readonly string[]) =>
          skip < 0 ? [] : list.slice(skip, count < 0 ? undefined : skip + count)
        expect(say(`ZCOUNT z ${min} ${max}`)).toBe(found.length)
        expect(say(`ZRANGEBYSCORE z ${min} ${max}`)).toEqual(found)
        expect(say(`ZREVRANGEBYSCORE z ${max} ${min}`)).toEqual(found.toReversed())
        expect(say(`ZRANGEBYSCORE z ${min} ${max} LIMIT ${skip} ${count}`)).toEqual(limited(found))
        expect(say(`ZRANGE z ${max} ${min} BYSCORE REV LIMIT ${skip} ${count}`)).toEqual(
          limited(found.toReversed()),
        )
        expect(say(`ZRANGESTORE to z ${min} ${max} BYSCORE`)).toBe(found.length)
        expect(say('ZRANGE to 0 -1')).toEqual(found)
        expect(say(`ZREMRANGEBYSCORE z ${min} ${max}`)).toBe(found.length)
        expect(say('ZRANGE z 0 -1')).toEqual(names.filter((name) => !found.includes(name)))
      }),
      runs,
    )
  })

  test('ranges by name, where all scores are the same', () => {
    const end = fc.constantFrom('-', '+', '[b', '(b', '[d', '(d', '[', '(cc')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'cc', 'd', 'e')),
        end,
        end,
        (list, min, max) => {
          fc.pre(list.length > 0)
          const { say, names } = setOf(Object.fromEntries(list.map((name) => [name, 0])))
          const found = names.filter((name) => {
            const isAbove =
              min === '-' || (min[0] === '[' ? name >= min.slice(1) : min[0] === '(' && name > min.slice(1))
            const isBelow =
              max === '+' || (max[0] === '[' ? name <= max.slice(1) : max[0] === '(' && name < max.slice(1))
            return isAbove && isBelow
          })
          expect(say(`ZLEXCOUNT z ${min} ${max}`)).toBe(found.length)
          expect(say(`ZRANGEBYLEX z ${min} ${max}`)).toEqual(found)
          expect(say(`ZREVRANGEBYLEX z ${max} ${min}`)).toEqual(found.toReversed())
          expect(say(`ZRANGE z ${min} ${max} BYLEX LIMIT 1 2`)).toEqual(found.slice(1, 3))
          expect(say(`ZREMRANGEBYLEX z ${min} ${max}`)).toBe(found.length)
          expect(say('ZRANGE z 0 -1')).toEqual(names.filter((name) => !found.includes(name)))
        },
      ),
      runs,
    )
  })
})

test('LCS is a longest text that both contain, and its pieces are where it says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 })
  const contains = (whole: string, part: string) => {
    let at = 0
    for (const letter of whole) if (letter === part[at]) at++
    return at === part.length
  }
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (a, b, least) => {
      const { say } = connect()
      say(`MSET a ${a} b ${b}`)
      const common = say('LCS a b') as string
      expect(contains(a, common) && contains(b, common)).toBe(true)
      const subsequences = Array.from({ length: 2 ** a.length }, (_, bits) =>
        [...a].filter((_, i) => (bits >> i) & 1).join(''),
      )
      const longest = Math.max(...subsequences.filter((part) => contains(b, part)).map((part) => part.length))
      expect(common).toHaveLength(longest)
      expect(say('LCS a b LEN')).toBe(longest)
      type Piece = [[number, number], [number, number], number]
      const [, pieces, , length] = say('LCS a b IDX WITHMATCHLEN') as [string, Piece[], string, number]
      expect(length).toBe(longest)
      const parts = pieces.map(([[from, to], [start, end], size]) => {
        expect([to - from + 1, end - start + 1]).toEqual([size, size])
        expect(b.slice(start, end + 1)).toBe(a.slice(from, to + 1))
        return a.slice(from, to + 1)
      })
      expect(parts.reverse().join('')).toBe(common)
      const [, long] = say(`LCS a b IDX MINMATCHLEN ${least}`) as [string, number[][]]
      expect(long).toEqual(pieces.filter(([, , size]) => size >= least).map(([x, y]) => [x, y]))
    }),
    runs,
  )
})
