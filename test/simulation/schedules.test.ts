import { expect, test } from 'vitest'
import { LimitError } from '../../src/input-error.js'
import { EventQueue } from '../../src/simulation/event-queue.js'
import type { Fault } from '../../src/simulation/faults.js'
import { unlessOverloaded } from '../../src/simulation/schedules.js'

const slow: Fault = { kind: 'slow', at: 0, node: 0, factor: 100 }

/** How many of so many requests are served at once, by a process that holds ten. */
const served = (requests: number, limit = Infinity) => {
  const clock = new EventQueue(limit, 10)
  for (let i = 0; i < requests; i++) clock.after(1, () => {})
  return requests
}

test('a schedule counts unless its faults, and only they, make too much wait', () => {
  expect(unlessOverloaded([slow], () => served(10))).toBe(10)
  expect(unlessOverloaded([slow], (faults) => served(faults.length > 0 ? 11 : 1))).toBeUndefined()
  expect(() => unlessOverloaded([slow], () => served(11))).toThrow(/^more than 10 messages/)
  expect(() => unlessOverloaded([slow], (faults) => served(faults.length, 0))).toThrow(LimitError)
})
