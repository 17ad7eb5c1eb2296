import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LimitError } from '../../src/input-error.js'
import { EventQueue } from '../../src/simulation/event-queue.js'

/** What was planned, in the order in which it happened. */
function happened(times: readonly number[]): { times: number[]; order: number[] } {
  const queue = new EventQueue()
  const log = { times: [] as number[], order: [] as number[] }
  for (const [i, time] of times.entries()) {
    queue.at(time, () => {
      log.times.push(queue.now)
      log.order.push(i)
    })
  }
  queue.run()
  return log
}

describe('the event queue', () => {
  test('of two actions at the same time the one planned first happens first', () => {
    expect(happened([5, 1, 5, 1, 5]).order).toEqual([1, 3, 0, 2, 4])
  })

  test('is a stable sort by time, whatever is planned', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 1000 }), (times) => {
        const wanted = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i)
        const { times: found, order } = happened(times)
        expect(order).toEqual(wanted.map(({ i }) => i))
        expect(found).toEqual(wanted.map(({ time }) => time))
      }),
    )
  })

  test('actions plan others, in the past too, which then happen at once and after what was planned before', () => {
    const queue = new EventQueue()
    const log: string[] = []
    queue.at(10, () => {
      log.push('first')
      queue.at(3, () => log.push(`late at ${queue.now}`))
      queue.after(5, () => log.push(`then at ${queue.now}`))
    })
    queue.at(10, () => log.push('second'))
    queue.run()
    expect(log).toEqual(['first', 'second', 'late at 10', 'then at 15'])
  })

  test('runs up to a time, that time included, and stands there', () => {
    const queue = new EventQueue()
    const log: number[] = []
    for (const time of [1, 2, 3]) queue.at(time, () => log.push(time))
    queue.run(2)
    expect(log).toEqual([1, 2])
    expect(queue.now).toBe(2)
    queue.run(2.5)
    expect(queue.now).toBe(2.5)
    queue.run()
    expect(log).toEqual([1, 2, 3])
    expect(queue.now).toBe(3)
  })
})

describe('the bounds of the event queue', () => {
  /** Actions that never end: each plans the next one. */
  function endless(queue: EventQueue): void {
    queue.after(1, () => endless(queue))
  }

  test('more events than the limit are refused with what grew', () => {
    const queue = new EventQueue(1000)
    endless(queue)
    expect(() => queue.run()).toThrow(
      new LimitError(
        'the simulation has more than 1,000 events (messages, timeouts, retries) within 1 s of its time',
      ),
    )
  })

  test('it stops after a number of events and goes on from there', () => {
    const queue = new EventQueue()
    endless(queue)
    expect(queue.run(10, 4)).toBe(false)
    expect(queue.now).toBe(4)
    expect(queue.run(10, 6)).toBe(true)
    expect(queue.now).toBe(10)
  })
})
