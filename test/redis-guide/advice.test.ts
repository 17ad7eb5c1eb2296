import { expect, test } from 'vitest'
import { completions, helpOn, usageLeft } from '../../src/redis-guide/advice.js'

test.each([
  ['ZADD', 'key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...]'],
  ['zadd board', '[NX | XX] [GT | LT] [CH] [INCR] score member [score member ...]'],
  ['ZADD board XX CH', '[INCR] score member [score member ...]'],
  ['ZADD board 10', 'member [score member ...]'],
  ['ZADD board 10 ann 20 bob', '[score member ...]'],
  ['SET k v EX', 'seconds'],
  [
    'SET k v NX',
    '[GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL]',
  ],
  ['GET k', ''],
  ['CONFIG GET', 'parameter [parameter ...]'],
  ['NOPE', ''],
])('behind "%s" is still to come: %s', (typed, left) => {
  expect(usageLeft(typed.split(' '))).toBe(left)
})

test('names are completed, and explained', () => {
  expect(completions('zrangeb')).toEqual(['ZRANGEBYLEX', 'ZRANGEBYSCORE'])
  expect(completions('config s')).toEqual(['CONFIG SET'])
  expect(helpOn('config set')).toContain('CONFIG SET parameter value')
  expect(helpOn('@hyperloglog')).toContain('PFMERGE destkey')
  expect(helpOn('@nothing')).toBeUndefined()
  expect(helpOn('nothing')).toBeUndefined()
})
