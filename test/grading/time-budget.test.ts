import { describe, expect, test } from 'vitest'
import { TimeBudget } from '../../src/grading/time-budget.js'
import type { Usage } from '../../src/grading/usage.js'

const usage = (cpu: number, state: Usage['state'], own: Usage['own'] = new Map()): Usage => ({
  processes: 1,
  threads: 1,
  memory: 0,
  cpu,
  own,
  state,
})

/** Looks every 50 ms; gives what is said, and after how many looks. */
function look(budget: TimeBudget, at: (i: number) => Usage | undefined, isAwaited = true, most = 100_000) {
  for (let i = 1; i <= most; i++) {
    const late = budget.look(at(i), 50, isAwaited)
    if (late) return [late, i]
  }
  return undefined
}

describe('the time of a check', () => {
  test('is over after so much processor time', () => {
    expect(look(new TimeBudget(1000), (i) => usage(50 * i, 'runs'))).toEqual([
      'within 1 second of processor time',
      21,
    ])
  })

  test('passes a hundred times slower for one that waits for a processor', () => {
    expect(look(new TimeBudget(1000), () => usage(10, 'runs'), true, 1990)).toBeUndefined()
    expect(look(new TimeBudget(1000), () => usage(10, 'runs'))?.[1]).toBeGreaterThan(1990)
  })

  test('is over for one that does nothing while an answer is due, and only then', () => {
    expect(look(new TimeBudget(1000), () => usage(0, 'waits'))).toEqual([
      'within 1 second, in which your program did nothing',
      21,
    ])
    expect(look(new TimeBudget(1000), () => usage(0, 'waits'), false)).toBeUndefined()
  })

  test('passes slowly for one that waits for a disk', () => {
    expect(look(new TimeBudget(1000), () => usage(0, 'disk'))?.[1]).toBe(41)
  })

  test('is wall time where the system does not tell', () => {
    expect(look(new TimeBudget(2000), () => undefined)?.[1]).toBe(41)
  })

  test('counts children that nobody waited for', () => {
    const children = (i: number) => new Map([[`child ${Math.floor(i / 4)}`, 50 * (i % 4)]])
    expect(look(new TimeBudget(1000), (i) => usage(0, 'runs', children(i)))?.[0]).toContain('processor time')
  })

  test('is one for all processes of a check', () => {
    const budget = new TimeBudget(1000)
    for (let process = 0; process < 4; process++) {
      expect(look(budget, () => usage(200, 'runs'), true, 3)).toBeUndefined()
      budget.settle()
    }
    expect(look(budget, () => usage(250, 'runs'), true, 3)).toEqual(['within 1 second of processor time', 1])
  })
})
