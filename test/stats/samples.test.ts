import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Samples } from '../../src/stats/samples.js'

test('samples are all there, in their order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (length) => {
      const samples = new Samples()
      for (let i = 0; i < length; i++) samples.push(i / 3)
      expect(samples.length).toBe(length)
      expect(samples.all()).toEqual(Float64Array.from({ length }, (_, i) => i / 3))
    }),
    { numRuns: 20 },
  )
})
