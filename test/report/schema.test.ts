import { expect, test } from 'vitest'
import type { Column } from '../../src/report/column.js'
import type {
  Axis,
  BarFigure,
  CurveFigure,
  Event,
  Finding,
  HeatFigure,
  Report,
  RingFigure,
  SequenceFigure,
  StripFigure,
  Table,
} from '../../src/report/report.js'
import schema from '../../src/report/report.schema.json' with { type: 'json' }
import { shapeProblems } from './shape.js'

/** Nothing, if a schema has the keys of a type and no others; else the compiler names those that one of them lacks. */
type Lacking<Type, Properties> = Exclude<keyof Type, keyof Properties> | Exclude<keyof Properties, keyof Type>
type Properties<Name extends keyof (typeof schema)['$defs']> = (typeof schema)['$defs'][Name] extends {
  properties: infer Found
}
  ? Found
  : never

test('the schema has the keys of the types', () => {
  const lacking: (
    | Lacking<Report, Properties<'report'>>
    | Lacking<Table, Properties<'table'>>
    | Lacking<Column, Properties<'column'>>
    | Lacking<Finding, Properties<'finding'>>
    | Lacking<Axis, Properties<'axis'>>
    | Lacking<CurveFigure, Properties<'curves'>>
    | Lacking<Event, Properties<'event-on-axis'>>
    | Lacking<BarFigure, Properties<'bars'>>
    | Lacking<HeatFigure, Properties<'heat'>>
    | Lacking<StripFigure, Properties<'strips'>>
    | Lacking<RingFigure, Properties<'ring'>>
    | Lacking<SequenceFigure, Properties<'sequence'>>
  )[] = []
  expect(lacking).toEqual([])
})

/** Everything that a report can have, so that a key which the types leave out is none that the schema demands. */
const whole: Report = {
  schema: 'cachelab/report@1',
  command: 'ring',
  arguments: ['ring'],
  title: '',
  parameters: { nodes: 3, seed: null },
  tables: [
    {
      name: 'a',
      title: '',
      shownElsewhere: true,
      columns: [{ key: 'x', label: 'x', unit: 'ms', signed: true, bar: true, detail: true, code: true }],
      rows: [{ x: 1 }, { x: null }, { x: 'a' }, { x: true }],
    },
  ],
  figures: [
    {
      kind: 'curves',
      title: '',
      shownElsewhere: true,
      x: { label: 'x', unit: 'count', log: true },
      y: { label: 'y' },
      series: [
        {
          name: 'a',
          points: [
            [1, 2],
            [2, null],
            [3, 2, 1, 3],
          ],
        },
      ],
      events: [{ at: 1, until: 2, text: '' }],
      rules: [{ at: 1, text: '' }],
    },
    {
      kind: 'bars',
      title: '',
      shownElsewhere: true,
      value: { label: 'y' },
      categories: ['a'],
      series: [{ name: '', values: [1, null], intervals: [[1, 2], null] }],
      rules: [{ at: 1, text: '' }],
      band: { low: 1, high: 2, text: '' },
    },
    {
      kind: 'heat',
      title: '',
      shownElsewhere: true,
      value: { label: 'y' },
      rows: ['a'],
      columns: ['b'],
      values: [[1, null]],
    },
    {
      kind: 'strips',
      title: '',
      shownElsewhere: true,
      x: { label: 'slots' },
      owners: ['a'],
      rows: [{ name: '', spans: [{ from: 0, to: 1, owner: 0 }] }],
    },
    {
      kind: 'ring',
      nodes: ['a'],
      rings: [{ title: '', arcs: [{ at: 0.5, node: 0 }] }],
      keys: [{ key: 'k', at: 1, nodes: [0] }],
    },
    {
      kind: 'sequence',
      title: '',
      actors: ['a', 'b'],
      lines: [
        { at: 0, from: 0, to: [1], text: '', isLost: false },
        { at: 1, who: [1], text: '' },
      ],
    },
  ],
  findings: [{ id: 'a', text: '', command: 'cachelab ring', measured: 1, expected: 2, ok: false }],
}
const least: Report = {
  schema: 'cachelab/report@1',
  command: '',
  title: '',
  parameters: {},
  tables: [{ name: '', title: '', columns: [{ key: '', label: '' }], rows: [] }],
  figures: [{ kind: 'curves', title: '', x: { label: '' }, y: { label: '' }, series: [] }],
  findings: [{ id: '', text: '' }],
}

test('ajv accepts the largest and the smallest report, and none with a value of another type', () => {
  expect([...shapeProblems(whole), ...shapeProblems(least)]).toEqual([])
  // Each part is replaced in turn by something that no place of a report takes.
  for (const path of pathsOf(whole)) {
    const wrong = structuredClone(whole)
    set(wrong, path, [[[]]])
    expect(shapeProblems(wrong), path.join('.')).toHaveLength(1)
    if (typeof path.at(-1) === 'number') continue
    const more = structuredClone(whole)
    set(more, [...path.slice(0, -1), 'unknown'], path.includes('parameters') ? {} : 1)
    expect(shapeProblems(more), path.join('.')).toHaveLength(1)
  }
})

type Path = (string | number)[]

function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = Array.isArray(value) ? Number(key) : key
    return [[step], ...pathsOf(inner).map((path) => [step, ...path])]
  })
}

function set(value: unknown, [step, ...rest]: Path, to: unknown): void {
  const place = value as Record<string | number, unknown>
  if (rest.length === 0) place[step] = to
  else set(place[step], rest, to)
}
