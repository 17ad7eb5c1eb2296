import { expect, test } from 'vitest'
import { faultEvents, stepEvents } from '../../../src/experiment/nodes/fault-text.js'
import { happenings, latencies, share } from '../../../src/experiment/nodes/happenings.js'

const y = { label: 'share', unit: 'ratio' } as const

test('a series that is always what it usually is isn’t drawn, and without any there is no figure', () => {
  const flat = [share('found', 1, [1, 1, null, 1]), share('failed', 0, [0, 0, 0, 0])]
  expect(happenings(500, [{ title: 'flat', y, courses: flat }], [{ at: 0, text: 'a fault' }])).toEqual([])
  const [figure, ...others] = happenings(500, [
    { title: 'flat', y, courses: flat },
    { title: 'writes', y, courses: [...flat, share('writes failed', 0, [0, 0.5, 0, 0])] },
  ])
  expect(others).toEqual([])
  expect(figure.series.map(({ name }) => name)).toEqual(['writes failed'])
})

test('the range is where something happens, two intervals more at each side', () => {
  const values = Array.from({ length: 20 }, (_, i) => (i === 10 ? 0.5 : 0))
  const range = (events: Parameters<typeof happenings>[2]) => {
    const [{ series }] = happenings(500, [{ title: '', y, courses: [share('failed', 0, values)] }], events)
    return [series[0].points[0], series[0].points.at(-1)].map((point) => point?.[0])
  }
  expect(range([])).toEqual([4, 6])
  expect(range([{ at: 1000, until: 7100, text: 'a fault' }])).toEqual([0, 8])
})

test('latencies are drawn where some are more than twice the median', () => {
  const drawn = (values: readonly (number | null)[]) =>
    happenings(1, [{ title: '', y, courses: [latencies('p99', values)] }]).length
  expect([drawn([2, 3, null, 2, 4]), drawn([2, 3, 2, 2, 4.1]), drawn([null])]).toEqual([0, 1, 0])
})

test('a fault lasts until it is mended; what mends nothing is an event', () => {
  const names = ['a', 'b']
  const faults = [
    { kind: 'heal', at: 0 },
    { kind: 'kill', at: 1, node: 0 },
    { kind: 'partition', at: 2, groups: [[0], [1]] },
    { kind: 'stall', at: 3, node: 1, duration: 10 },
    { kind: 'slow', at: 4, node: 0, factor: 2 },
    { kind: 'partition', at: 5, groups: [[0, 1], []] },
    { kind: 'restart', at: 6, node: 0 },
    { kind: 'heal', at: 7 },
    { kind: 'kill', at: 8, node: 1 },
  ] as const
  expect(faultEvents(faults, names).map(({ at, until }) => [at, until])).toEqual([
    [0, undefined],
    [1, 6],
    [2, 5],
    [3, 13],
    [4, 7],
    [5, 7],
    [8, undefined],
  ])
})

test('steps that begin close to each other are one event', () => {
  const events = [
    { time: 100, step: 1 },
    { time: 110, step: null },
    { time: 120, step: 2 },
    { time: 130, step: 1 },
    { time: 700, step: 3 },
  ]
  expect(stepEvents(events, ({ step }) => step, 500)).toEqual([
    { at: 100, text: 'steps 1, 2' },
    { at: 700, text: 'step 3' },
  ])
})
