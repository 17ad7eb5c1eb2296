import { expect, test } from 'vitest'
import { reportOf } from '../../src/report/build.js'

test('a number that is none, and a text that shows one, are refused', () => {
  const reportWith = (cell: number | null, text = 'A sentence.', measured = 1) =>
    reportOf('test', {
      title: 'A test',
      tables: { main: { title: 'Main', columns: { share: ['share', 'ratio'] }, rows: [{ share: cell }] } },
      findings: { one: { text, measured } },
    })
  expect(() => reportWith(Number.NaN)).toThrow('test.tables.0.rows.0.share: NaN')
  expect(() => reportWith(1, 'A sentence.', Infinity)).toThrow('test.findings.0.measured: Infinity')
  expect(() => reportWith(1, `${Number.NaN}% of all`)).toThrow('test.findings.0.text')
  expect(reportWith(null).tables[0].rows).toEqual([{ share: null }])
})

test('a report takes names from its keys, in their order, and leaves out what does not hold', () => {
  const report = reportOf('test', {
    title: 'A test',
    tables: {
      main: {
        title: 'Main',
        columns: {
          node: 'node',
          gone: false,
          share: ['share', 'ratio', 'bar'],
          deviation: ['from ideal', 'signed', 'ratio', 'detail'],
        },
        rows: [{ node: 'A', share: 1, deviation: 0 }],
      },
      none: undefined,
    },
    findings: {
      plain: 'A sentence.',
      counted: { text: 'Another.', measured: 1, expected: undefined },
      absent: '',
      unmet: false,
    },
  })
  expect(report).toEqual({
    schema: 'cachelab/report@1',
    command: 'test',
    title: 'A test',
    parameters: {},
    tables: [
      {
        name: 'main',
        title: 'Main',
        columns: [
          { key: 'node', label: 'node' },
          { key: 'share', label: 'share', unit: 'ratio', bar: true },
          { key: 'deviation', label: 'from ideal', signed: true, unit: 'ratio', detail: true },
        ],
        rows: [{ node: 'A', share: 1, deviation: 0 }],
      },
    ],
    findings: [
      { id: 'plain', text: 'A sentence.' },
      { id: 'counted', text: 'Another.', measured: 1 },
    ],
  })
})

test('rows have no cells but those of columns', () => {
  const columns = { name: 'name', group: false } as const
  const tables = { a: { title: 'a', columns, rows: [{ name: 'x', group: 'y', more: 1 }] } }
  expect(reportOf('a', { title: 'a', tables, findings: {} }).tables[0].rows).toEqual([{ name: 'x' }])
})
