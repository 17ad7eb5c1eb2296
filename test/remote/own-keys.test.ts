import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slotOf } from '../../src/redis-deployment/cluster/routing.js'
import { OwnKeys } from '../../src/remote/own-keys.js'

const key = fc.string({ unit: fc.constantFrom('a', 'b', '{', '}', '\xe9'), maxLength: 8 })

test('a key that has a name in the session keeps its slot, and others are refused before they are sent', () =>
  fc.assert(
    fc.property(key, (name) => {
      const keys = new OwnKeys()
      let named: string
      try {
        keys.check(['SET', name, 'x'])
        named = keys.renamed(['SET', name, 'x'])[1]
      } catch (error) {
        expect(String(error)).toContain('has braces that leave no room')
        expect(name === '' || /[{}]/.test(name)).toBe(true)
        return
      }
      expect(slotOf(named)).toBe(slotOf(name))
      expect(keys.restored(['x', [named]])).toEqual(['x', [name]])
      expect(keys.takeWritten()).toEqual([[name]])
    }),
  ))

test('keys that were written are taken once, by slot; keys that were read are not', () => {
  const keys = new OwnKeys()
  for (const words of [
    ['SET', '{a}1', 'x'],
    ['GET', 'read'],
    ['MSET', '{a}2', 'x', '{a}3', 'x'],
    ['INCR', 'b'],
    ['INCR', 'b'],
  ])
    keys.renamed(words)
  expect(keys.takeWritten()).toEqual([['{a}1', '{a}2', '{a}3'], ['b']])
  keys.renamed(['UNLINK', 'b'])
  expect(keys.takeWritten()).toEqual([])
})
