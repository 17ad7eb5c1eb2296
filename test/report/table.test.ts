import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainPaint } from '../../src/report/paint.js'
import { renderTable } from '../../src/report/table.js'
import { displayWidth } from '../../src/report/width.js'

const listing = (lines: readonly string[]) => ({
  name: 'code',
  title: 'Code',
  columns: [
    { key: 'line', label: 'line', unit: 'count' as const },
    { key: 'code', label: 'code' },
  ],
  rows: lines.map((code, i) => ({ line: i + 1, code })),
})

test('code in cells keeps its indentation, also on the lines that it is broken into', () => {
  const lines = renderTable(
    listing(['if (full) {', '    drop(the, least, recently, used)', '}']),
    26,
    plainPaint,
  )
  expect(lines.split('\n').slice(2)).toEqual([
    '   1  if (full) {',
    '   2      drop(the, least,',
    '          recently, used)',
    '   3  }',
  ])
})

test('indented cells stay within the width, and nothing of them but space is lost', () => {
  const line = fc
    .tuple(
      fc.nat(60),
      fc.array(fc.constantFrom('a', 'word', 'call(argument)'), { minLength: 1, maxLength: 9 }),
    )
    .map(([indent, words]) => ' '.repeat(indent) + words.join(' '))
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 20, max: 100 }),
      (code, width) => {
        const lines = renderTable(listing(code), width, plainPaint).split('\n')
        for (const each of lines) expect(displayWidth(each)).toBeLessThanOrEqual(width)
        const letters = lines
          .slice(2)
          .join('')
          .replace(/[\s\d]/g, '')
        expect(letters).toBe(code.join('').replace(/\s/g, ''))
      },
    ),
  )
})
