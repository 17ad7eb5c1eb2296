import { describe, expect, test } from 'vitest'
import { wrongList, wrongNumber, wrongText, wrongYes } from '../../src/grading/expectations.js'
import { commandsIn, RedisWorld } from '../../src/grading/redis-world.js'

describe('commands that a solution returns', () => {
  test('are lines or lists of words', () => {
    expect(commandsIn(['GET "a b"', 'GET à', ['SET', 'é', 1]])).toEqual([
      ['GET', 'a b'],
      ['GET', '\xc3\xa0'],
      ['SET', '\xc3\xa9', '1'],
    ])
  })

  test.each([
    ['GET a', 'it must be a list of Redis commands'],
    [[], 'no command'],
    [[5], 'which is no Redis command'],
    [['GET "open'], 'which is no Redis command'],
    [[''], 'which is no Redis command'],
    [[['GET', null]], 'which is no Redis command'],
    [Array(101).fill('GET k'), '100 are the most'],
    [['ECHO k'], 'ECHO is not for this exercise'],
    [['FLUSHALL'], 'FLUSHALL is not for this exercise'],
    [['CONFIG SET maxmemory 0'], 'CONFIG|SET is not for this exercise'],
    [['DEBUG SLEEP 1'], 'DEBUG is not for this exercise'],
    [['SUBSCRIBE x'], 'SUBSCRIBE is not for this exercise'],
    [[['LCS', 'a', 'b']], 'LCS is not for this exercise'],
    [[['SET', 'k', 'x'.repeat(5000)]], '4096 bytes at most'],
    [[['SET', ...Array(30).fill('x'.repeat(4000))]], 'more than 64 KB'],
    [[['SUNION', ...Array(30).fill('k')]], '20 words at most'],
    [[['KEYS', '*a'.repeat(20)]], 'its pattern is too long'],
  ])('%j is refused', (value, why) => {
    expect(commandsIn(value)).toContain(why)
  })
})

test('what is stored and what is looked at is bounded', () => {
  const world = new RedisWorld()
  expect(world.run([['SETBIT', 'k', '4294967295', '1']])).toContain('ERR')
  const words = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(50, 'x'))
  let problem: unknown
  for (let i = 0; i < 3000 && typeof problem !== 'string'; i++)
    problem = world.run([['RPUSH', 'list', ...words]])
  expect(problem).toContain('OOM')
  const busy = new RedisWorld()
  for (let i = 0; i < 200; i++) busy.run([['RPUSH', 'list', ...words]])
  problem = undefined
  for (let i = 0; i < 3000 && typeof problem !== 'string'; i++) problem = busy.run([['LPOS', 'list', 'none']])
  expect(problem).toContain('looked at more than 20,000,000 items')
})

test('a transaction answers the last reply in it, and an error wherever it is', () => {
  const world = new RedisWorld()
  const reply = (...lines: string[]) => {
    const ran = world.run(lines.map((line) => line.split(' ')))
    return typeof ran === 'string' ? ran : ran.reply
  }
  expect(reply('MULTI', 'RPUSH l a b', 'LRANGE l 0 -1', 'exec')).toEqual(['a', 'b'])
  expect(reply('MULTI', 'EXEC')).toBe(null)
  expect(reply('MULTI', 'INCR l', 'GET none', 'EXEC')).toContain('WRONGTYPE')
})

test('numbers of more than 53 bits are texts', () => {
  const ran = new RedisWorld().run([['INCRBY', 'k', '9223372036854775807']])
  expect(ran).toMatchObject({ reply: '9223372036854775807' })
})

describe('what a reply must be', () => {
  test.each([
    [['b', 'a'], undefined],
    [['a', 'b', 'b'], 'it is ["a","b"] in any order'],
    [['a'], 'it is'],
    [['a', ['b']], 'must be a list of texts'],
    [['a', 1], 'must be a list of texts'],
    [null, 'must be a list of texts'],
    ['a b', 'must be a list of texts'],
  ] as const)('%j for the names a and b', (reply, wrong) => {
    if (wrong) expect(wrongList(reply, ['a', 'b'])).toContain(wrong)
    else expect(wrongList(reply, ['a', 'b'])).toBeUndefined()
  })

  test('an order counts where there is one', () => {
    expect(wrongList(['a', 'b'], ['a', 'b'], true)).toBeUndefined()
    expect(wrongList(['b', 'a'], ['a', 'b'], true)).toBe('it is ["a","b"]')
  })

  test('nothing, 0 and lists of these are a no', () => {
    for (const no of [null, 0, [], [0], [null], [[], 0]]) expect(wrongYes(no, false)).toBeUndefined()
    for (const yes of [1, '0', '', ['0'], [null, 'a'], { status: 'OK' }])
      expect(wrongYes(yes, true)).toBeUndefined()
    expect(wrongYes(0, true)).toBe('it is a yes')
    expect(wrongYes('x', false)).toContain('it is a no')
  })

  test('a number may be a text, but only as one writes it', () => {
    for (const right of [3, '3']) expect(wrongNumber(right, 3)).toBeUndefined()
    for (const wrong of [4, '03', ' 3', '3.0', '', null, [3], ['3']])
      expect(wrongNumber(wrong, 3)).toBe('it is 3')
    expect(wrongNumber('', 0)).toBe('it is 0')
    expect(wrongNumber(null, 0)).toBe('it is 0')
  })

  test('a text may be the one item of a list, or behind its key', () => {
    for (const right of ['a', ['a']]) expect(wrongText(right, 'a')).toBeUndefined()
    for (const wrong of [null, ['k', 'a'], ['a', 'b'], [], 'A', { status: 'a' }])
      expect(wrongText(wrong, 'a')).toBe('it is "a"')
    for (const right of [['k', 'a'], ['k', ['a']], 'a']) expect(wrongText(right, 'a', true)).toBeUndefined()
    expect(wrongText(['k', 'b', 'a'], 'a', true)).toBe('it is "a"')
    for (const nil of [null, [], [null]]) expect(wrongText(nil, null, true)).toBeUndefined()
    for (const wrong of ['', 0, ['k', null]]) expect(wrongText(wrong, null, true)).toBe('it is nil')
  })
})

test('clients of one store are apart, and see what the others do', () => {
  const world = new RedisWorld()
  const [a, b] = [world.connect(), world.connect()]
  a(['WATCH', 'k'])
  expect(a(['MULTI'])).toEqual({ status: 'OK' })
  a(['INCR', 'k'])
  expect(b(['INCRBY', 'k', '5'])).toBe(5)
  expect(a(['EXEC'])).toBe(null)
  expect(a(['GET', 'k'])).toBe('5')
  b(['PEXPIRE', 'k', '10'])
  world.pass(11)
  expect(a(['EXISTS', 'k'])).toBe(0)
  expect(() => a(['LPUSH', 'k'])).toThrow('wrong number of arguments')
})
