import { expect, test } from 'vitest'
import { reportOf } from '../../src/report/build.js'

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
