import { describe, expect, test } from 'vitest'
import { commandsIn, RedisWorld } from '../../src/grading/redis-world.js'

describe('commands that a solution returns', () => {
  test('are lines or lists of words', () => {
    expect(commandsIn(['GET "a b"', ['SET', 'é', 1]])).toEqual([
      ['GET', 'a b'],
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
    [Array(21).fill('PING'), '20 are the most'],
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
