import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAlike, judgeAlike, renamedSteps, renaming } from '../../src/grading/alike.js'
import { shorter, shown } from '../../src/grading/cases.js'
import { drawKey, drawKeys, drawNames, many, ODD_KEYS, oneOf } from '../../src/grading/draw.js'
import { signalOf } from '../../src/grading/ending.js'
import { isYes, lastOf, wrongList, wrongNumber, wrongText, wrongYes } from '../../src/grading/expectations.js'
import { readLoosely, writeLoosely } from '../../src/grading/loose-json.js'
import { LOOSE, lastWords, messageIn } from '../../src/grading/messages.js'
import { step } from '../../src/grading/scenario-commands.js'
import { tarball } from '../../src/grading/tarball.js'
import { createRandom } from '../../src/random/random.js'

describe('JSON with numbers that it has no word for', () => {
  test('is written and read back', () => {
    const value = {
      a: [Number.NaN, -1.5],
      b: Number.POSITIVE_INFINITY,
      c: Number.NEGATIVE_INFINITY,
      d: 'NaN "-Infinity',
    }
    const text = '{"a":[NaN,-1.5],"b":Infinity,"c":-Infinity,"d":"NaN \\"-Infinity"}'
    expect(writeLoosely(value)).toBe(text)
    expect(readLoosely(text)).toEqual(value)
    expect(writeLoosely(undefined)).toBeUndefined()
  })

  test('is JSON for everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(writeLoosely(value)).toBe(JSON.stringify(value))
        expect(JSON.stringify(readLoosely(JSON.stringify(value)))).toBe(JSON.stringify(value))
      }),
    )
  })

  test.each(['{"a":NaNa}', '{"a":+Infinity}', '{"a":"', '{NaN:1', '--Infinity'])('%s is not', (text) => {
    expect(() => readLoosely(text)).toThrow(SyntaxError)
  })

  test('a message is an object on a line, marked where it is not JSON', () => {
    expect(messageIn('{"id":1}')).toEqual({ id: 1 })
    expect(messageIn('{"id":NaN}')).toEqual({ id: Number.NaN, [LOOSE]: true })
    for (const line of ['[1]', 'NaN', ' {"id":1}', '{"id":', '']) expect(messageIn(line)).toBeUndefined()
  })
})

describe('the last words of a program', () => {
  test.each([
    ['', ''],
    ['  \n', ''],
    ['one\ntwo\n', 'its last line of output: two'],
    [`one\n${'x'.repeat(300)}`, `its last line of output: ${'x'.repeat(200)}`],
    ['TypeError: no\n    at f (/lab/ring.js:12:3)\n\nNode.js v20', 'TypeError: no (ring.js, line 12)'],
    ['  File "ring.js", line 7, in <module>\nKeyError: 3', 'KeyError: 3 (ring.js, line 7)'],
    ['Uncaught RangeError: deep\nElse: ringxjs:5', 'Uncaught RangeError: deep'],
    ['ValueError: first\nException: second\nthen', 'Exception: second'],
    [`Error: ${'y'.repeat(300)}`, `Error: ${'y'.repeat(193)}`],
    ['an Error: inside\nErrors: none', 'its last line of output: Errors: none'],
  ])('of %j', (printed, words) => {
    expect(lastWords(printed, 'ring.js')).toBe(words)
  })
})

describe('what is drawn for cases', () => {
  const random = createRandom(1, 'units')

  test('names are different, of one stem, in no order', () => {
    for (let count = 1; count <= 60; count++) {
      const names = drawNames(count, random)
      expect(new Set(names).size).toBe(count)
      const numbers = names.map((name) => Number(/\d+$/.exec(name)![0]))
      expect(Math.max(...numbers) - Math.min(...numbers)).toBe(count - 1)
      expect(Math.min(...numbers)).toBeGreaterThan(0)
      expect(new Set(names.map((name) => name.replace(/\d+$/, ''))).size).toBe(1)
      if (count > 12) expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b))
    }
  })

  test('every stem and every kind comes up, and keys go to a million', () => {
    const stems = new Set(many(200, () => drawNames(1, random)[0].replace(/\d+$/, '')))
    expect([...stems].sort()).toEqual(['cache', 'node-', 'redis-', 'shard/', 'кеш'])
    const keys = many(400, () => drawKey(random))
    const kinds = new Set(keys.map((key) => key.replace(/\d+$/, '')))
    expect([...kinds].sort()).toEqual(['cache:page:', 'session:', 'user:', 'товар:', '商品:'])
    const numbers = keys.map((key) => Number(/\d+$/.exec(key)![0]))
    expect(Math.max(...numbers)).toBeLessThan(1e6)
    expect(Math.max(...numbers)).toBeGreaterThan(9e5)
  })

  test('keys of one kind, as many as were asked for', () => {
    const keys = drawKeys(50, random)
    expect(new Set(keys).size).toBe(50)
    expect(new Set(keys.map((key) => key.replace(/\d+$/, ''))).size).toBe(1)
    expect(Math.max(...keys.map((key) => Number(/\d+$/.exec(key)![0])))).toBeGreaterThan(1e6)
    expect(drawKeys(0, random)).toEqual([])
  })

  test('one of some values, each at times', () => {
    expect(new Set(many(50, () => oneOf(['a', 'b', 'c'], random)))).toEqual(new Set(['a', 'b', 'c']))
  })

  test('odd keys are different, also from those that a careless program takes for the same', () => {
    expect(new Set(ODD_KEYS).size).toBe(23)
    // Trimmed, as numbers, in another normal form: some fall together.
    for (const careless of [
      (key: string) => key.trim(),
      (key: string) => String(Number(key)),
      (key: string) => key.normalize(),
    ]) {
      expect(new Set(ODD_KEYS.map(careless)).size).toBeLessThan(23)
    }
    expect(ODD_KEYS.filter((key) => key in {})).toEqual(['__proto__', 'constructor'])
    expect(ODD_KEYS).toContain('')
  })
})

describe('expectations of replies', () => {
  test('a list of texts, in any order or in this one', () => {
    expect(wrongList(['a', 'b'], ['b', 'a'])).toBeUndefined()
    expect(wrongList(['a', 'b'], ['b', 'a'], true)).toBe('it is ["b","a"]')
    expect(wrongList(['b', 'a'], ['b', 'a'], true)).toBeUndefined()
    expect(wrongList(['a'], ['b', 'a'])).toBe('it is ["b","a"] in any order')
    for (const reply of [null, 3, 'a', [1], ['a', null]]) {
      expect(wrongList(reply, ['a'])).toBe('it must be a list of texts, ["a"]')
    }
  })

  test('yes and no', () => {
    for (const no of [null, 0, [], [0], [null, [0]]]) expect(isYes(no)).toBe(false)
    for (const yes of [1, '0', 'OK', '', [0, 1], [[null], ['a']]]) expect(isYes(yes)).toBe(true)
    expect([wrongYes(1, true), wrongYes(0, false)]).toEqual([undefined, undefined])
    expect(wrongYes(0, true)).toBe('it is a yes')
    expect(wrongYes(1, false)).toBe('it is a no: 0, nil or an empty list')
  })

  test('a number, also as a text', () => {
    for (const reply of [7, '7']) expect(wrongNumber(reply, 7)).toBeUndefined()
    for (const reply of [8, '7.0', null, [7]]) expect(wrongNumber(reply, 7)).toBe('it is 7')
  })

  test('a text or nil, alone or behind its key', () => {
    for (const reply of ['v', ['v'], [['v']]]) expect(wrongText(reply, 'v')).toBeUndefined()
    for (const reply of ['w', null, ['k', 'v'], []]) expect(wrongText(reply, 'v')).toBe('it is "v"')
    expect(wrongText(['k', 'v'], 'v', true)).toBeUndefined()
    expect(wrongText(['k', ['v']], 'v', true)).toBeUndefined()
    expect(wrongText(['k', 'l', 'v'], 'v', true)).toBe('it is "v"')
    for (const reply of [null, [], [null]]) expect(wrongText(reply, null)).toBeUndefined()
    for (const reply of ['', 0, ['k', null]]) expect(wrongText(reply, null, true)).toBe('it is nil')
    expect([lastOf(['k', ['v']]), lastOf([]), lastOf(3)]).toEqual(['v', null, 3])
  })
})

describe('solutions that are compared with themselves', () => {
  const rename = renaming(new Map([['a', 'x']]))

  test('texts are renamed wherever they are, others stay', () => {
    const value = { a: ['a', 'ab', 1, null, { b: 'a' }], c: true }
    expect(rename(value)).toEqual({ x: ['x', 'ab', 1, null, { b: 'x' }], c: true })
    expect(rename(null)).toBeNull()
  })

  test('a step is renamed once, and is the same one whenever it is asked for', () => {
    const steps = [step('get', 'a', 2), step('put', 'b')]
    const renamed = renamedSteps(steps, rename)
    expect(steps.map(renamed)).toEqual([step('get', 'x', 2), step('put', 'b')])
    expect(renamed(steps[0])).toBe(renamed(steps[0]))
  })

  test('answers are alike in any order of their items', () => {
    expect(isAlike(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(isAlike([['a', 1], 'b'], ['b', ['a', 1]])).toBe(true)
    expect(isAlike([['a', 1]], [[1, 'a']])).toBe(false)
    for (const [a, b] of [
      ['a', ['a']],
      [1, '1'],
      [null, 0],
      [['a', 'a'], ['a']],
    ] as const) {
      expect(isAlike(a, b)).toBe(false)
    }
  })

  const steps = [step('put', 'a'), step('get', 'a')]
  const judge = (there: readonly object[], here: readonly object[], read?: (reply: unknown) => never) =>
    judgeAlike({
      questions: new Set(['get']),
      expected: () => there as never,
      played: renamedSteps(steps, rename),
      renamed: rename,
      because: 'alone it answers',
      ...(read && { read: (_, reply) => read(reply) }),
    })(steps, () => here as never)

  test('a question must be answered as in the other setting, a step that writes need not', () => {
    expect(judge([{ reply: 1 }, { reply: 'a' }], [{ reply: 2 }, { reply: 'x' }])).toBeUndefined()
    expect(judge([{ reply: 1 }, { reply: 'a' }], [{ reply: 1 }, { reply: 'a' }])).toEqual({
      steps: [step('put', 'x'), step('get', 'x')],
      at: 1,
      said: 'it answered "a"',
      wanted: 'alone it answers "x"',
    })
    const first = (reply: unknown) => (reply as never[])[0]
    expect(
      judge([{ reply: 1 }, { reply: ['a', 1] }], [{ reply: 1 }, { reply: ['x', 2] }], first),
    ).toBeUndefined()
  })

  test('an error counts where there is none in the other setting', () => {
    const error = { error: 'ERR no' }
    expect(judge([{ reply: 1 }, error], [{ reply: 1 }, error])).toBeUndefined()
    expect(judge([error, error], [error, { reply: 3 }])).toBeUndefined()
    expect(judge([error, { reply: 1 }], [error, error])).toMatchObject({ at: 1, said: 'ERR no' })
  })
})

test('a long value is cut when it is shown; a shorter list is each without one item', () => {
  expect([shown('a'), shown([Number.NaN]), shown(undefined)]).toEqual(['"a"', '[NaN]', 'nothing'])
  const long = shown('x'.repeat(5000))
  expect(long).toMatch(/^"x+…$/)
  expect(shown(JSON.parse(`${long.slice(0, -1)}"`))).toHaveLength(long.length)
  expect(shorter([1, 2, 3])).toEqual([
    [2, 3],
    [1, 3],
    [1, 2],
  ])
  expect(shorter([1, 2, 3], 3)).toEqual([])
  const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  expect(shorter(nine).slice(0, 2)).toEqual([nine.slice(0, 4), nine.slice(5)])
  expect(shorter(nine)).toHaveLength(11)
  expect(shorter(nine, 6).slice(0, 2)).toEqual([nine.slice(0, 6), nine.slice(3)])
  expect(shorter(nine.slice(1))).toHaveLength(8)
  expect([shorter(Array(64).fill(0)).length, shorter(Array(65).fill(0)).length]).toEqual([66, 2])
})

test('a code above 128 is a signal, as a shell passes it on', () => {
  expect([137, 143, 139, 128, 1, 0, null].map(signalOf)).toEqual([
    'SIGKILL',
    'SIGTERM',
    'SIGSEGV',
    ...[undefined, undefined, undefined, undefined],
  ])
})

describe('an archive of files', () => {
  const files = new Map([
    ['package/a.txt', Buffer.from('hello')],
    ['package/empty', Buffer.alloc(0)],
    ['package/block', Buffer.alloc(512, 'b')],
  ])
  const bytes = gunzipSync(tarball(files))

  test('has a header of POSIX ustar and the bytes of each, in blocks of 512', () => {
    expect(bytes).toHaveLength(512 * (3 + 1 + 0 + 1 + 2))
    const field = (at: number, length: number) => bytes.toString('latin1', at, at + length)
    expect(field(0, 14)).toBe('package/a.txt\0')
    expect([field(100, 8), field(108, 8), field(116, 8)]).toEqual(['0000644\0', '0000000\0', '0000000\0'])
    expect([field(124, 12), field(136, 12)]).toEqual(['00000000005\0', '03560116604\0'])
    expect([field(156, 1), field(257, 8)]).toEqual(['0', 'ustar\x0000'])
    const sum = bytes
      .subarray(0, 512)
      .reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
    expect(field(148, 8)).toBe(`${sum.toString(8).padStart(6, '0')}\0 `)
    expect(field(512, 6)).toBe('hello\0')
    expect([field(1024, 13), field(1536, 13)]).toEqual(['package/empty', 'package/block'])
    expect(bytes.subarray(2048, 2560)).toEqual(files.get('package/block'))
    expect(bytes.subarray(2560).every((byte) => byte === 0)).toBe(true)
  })

  test('refuses a path of more than a hundred bytes', () => {
    expect(() => tarball(new Map([['x'.repeat(100), Buffer.alloc(0)]]))).not.toThrow()
    expect(() => tarball(new Map([[`${'x'.repeat(99)}é`, Buffer.alloc(0)]]))).toThrow(
      'too long for an archive: x',
    )
  })
})
