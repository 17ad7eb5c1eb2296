import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QuickList } from '../../src/redis/values/quick-list.js'
import { byLayer } from '../layer.js'

const kinds = ['pushFront', 'pushBack', 'popFront', 'popBack', 'insert', 'set', 'keep', 'many'] as const
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  place: fc.nat(),
  item: fc.constantFrom(...'abcdefg'),
})

test('it is an array, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new QuickList()
      let model: string[] = []
      for (const { kind, place, item } of steps) {
        const at = model.length === 0 ? 0 : place % model.length
        if (kind === 'many') {
          // So that there are several chunks.
          for (let i = 0; i < 150; i++) list.pushBack(`${item}${i}`)
          model.push(...Array.from({ length: 150 }, (_, i) => `${item}${i}`))
        } else if (kind === 'pushFront') {
          list.pushFront(item)
          model.unshift(item)
        } else if (kind === 'pushBack') {
          list.pushBack(item)
          model.push(item)
        } else if (kind === 'insert') {
          list.insert(at, item)
          model.splice(at, 0, item)
        } else if (model.length === 0) continue
        else if (kind === 'popFront') expect(list.popFront()).toBe(model.shift())
        else if (kind === 'popBack') expect(list.popBack()).toBe(model.pop())
        else if (kind === 'set') {
          list.set(at, item)
          model[at] = item
        } else {
          let most = 2
          list.keep((other) => other !== item || most-- <= 0, place % 2 === 1)
          most = 2
          const test = (other: string) => other !== item || most-- <= 0
          model = place % 2 === 1 ? model.toReversed().filter(test).reverse() : model.filter(test)
        }
        expect(list.length).toBe(model.length)
      }
      expect(list.slice()).toEqual(model)
      expect([...list.items(true)]).toEqual(model.toReversed())
      expect(list.bytes).toBe(model.join('').length)
      for (let at = 0; at < model.length; at += 37) {
        expect(list.at(at)).toBe(model[at])
        expect(list.slice(at, at + 200)).toEqual(model.slice(at, at + 200))
      }
    }),
    { numRuns: byLayer(40, 200) },
  )
})
