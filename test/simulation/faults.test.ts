import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/random/random.js'
import { clientGroup, type Fault, inOrder, misplaced } from '../../src/simulation/faults.js'
import { randomSchedule } from '../../src/simulation/schedules.js'
import { shrink } from '../../src/simulation/shrink.js'
import { promised, start, type Task } from '../../src/simulation/task.js'

describe('faults', () => {
  test('a restart needs a node that is down', () => {
    const kill: Fault = { kind: 'kill', at: 5, node: 1 }
    const restart: Fault = { kind: 'restart', at: 6, node: 1 }
    expect(misplaced([kill, restart])).toBeUndefined()
    expect(misplaced([restart, kill])).toBeUndefined()
    expect(misplaced([restart])).toBe(restart)
    expect(misplaced([{ ...restart, at: 4 }, kill])).toMatchObject({ at: 4 })
    expect(misplaced([kill, restart, { ...restart, at: 7 }])).toMatchObject({ at: 7 })
    expect(misplaced([{ kind: 'hang', at: 1, node: 1 }, restart])).toBeUndefined()
    expect(misplaced([kill, { ...restart, node: 0 }])).toMatchObject({ node: 0 })
  })

  test('the client is with the largest group, of several the first', () => {
    expect(clientGroup([[0], [1, 2]])).toBe(1)
    expect(
      clientGroup([
        [0, 1],
        [2, 3],
      ]),
    ).toBe(0)
    expect(clientGroup([[0], [1], [2]])).toBe(0)
  })

  test('random schedules are possible, in order, and the same for the same seed', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const space = { nodes: 4, duration: 3000, most: 8 }
      const faults = randomSchedule(createRandom(seed, 'faults'), space)
      expect(misplaced(faults)).toBeUndefined()
      expect(faults).toEqual(inOrder(faults))
      expect(faults.length).toBeLessThanOrEqual(8)
      for (const fault of faults) {
        expect(Number.isInteger(fault.at) && fault.at >= 300 && fault.at <= 3000).toBe(true)
        if (fault.kind === 'partition') expect(fault.groups.flat().sort()).toEqual([0, 1, 2, 3])
      }
      expect(randomSchedule(createRandom(seed, 'faults'), space)).toEqual(faults)
    }
  })
})

describe('shrinking', () => {
  test('leaves exactly what is needed, however much else there is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 3, maxLength: 12 }), (items) => {
        const needed = items.slice(0, 3)
        const fails = (list: readonly number[]) => needed.every((item) => list.includes(item))
        expect(shrink(items, fails, () => [])).toEqual(needed)
      }),
    )
  })

  test('takes the simplest form that still fails', () => {
    expect(
      shrink(
        [47, 12],
        (list) => list.some((item) => item > 10),
        (item) => [item - 30, item - 1],
      ),
    ).toEqual([11])
  })

  test('stops when its budget is spent', () => {
    let tries = 0
    shrink(
      [1000],
      () => {
        tries++
        return tries % 2 === 0
      },
      (item) => [item + 1, item + 2],
      50,
    )
    expect(tries).toBe(50)
  })
})

test('tasks go on when what they wait for is there, and end once', async () => {
  const log: string[] = []
  let resume: (value: string) => void = () => {}
  function* inner(): Task<string> {
    const first: string = yield (go) => {
      resume = go
    }
    const second: string = yield (go) => go('at once')
    return `${first}, ${second}`
  }
  function* outer(): Task<string> {
    return `[${yield* inner()}]`
  }
  start(outer(), (result) => log.push(result))
  expect(log).toEqual([])
  resume('later')
  expect(log).toEqual(['[later, at once]'])
  const promise = promised(outer())
  resume('awaited')
  expect(await promise).toBe('[awaited, at once]')
})
