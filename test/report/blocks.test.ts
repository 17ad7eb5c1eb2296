import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiText } from '../../src/report/ascii.js'
import { renderFigure } from '../../src/report/figure.js'
import { plainPaint } from '../../src/report/paint.js'
import type { BarFigure, HeatFigure } from '../../src/report/report.js'
import { displayWidth } from '../../src/report/width.js'

const keys: BarFigure = {
  kind: 'bars',
  title: 'Keys of each node',
  value: { label: 'keys', unit: 'count' },
  categories: ['node-A', 'node-B'],
  series: [{ name: '', values: [400, 100] }],
}

const shades: HeatFigure = {
  kind: 'heat',
  title: 'Hit ratio',
  value: { label: 'hit ratio', unit: 'ratio' },
  rows: ['lru', 'lfu'],
  columns: ['zipf', 'loop'],
  values: [
    [0.8, 0],
    [0.5, null],
  ],
}

test('a bar is as long as its value says', () => {
  expect(renderFigure(keys, 80, plainPaint)).toEqual([
    'Keys of each node',
    `node-A  400  ${'█'.repeat(40)}`,
    `node-B  100  ${'█'.repeat(10)}`,
  ])
})

test('rules cross the bars, a band lies behind them, and both are said below', () => {
  const figure = {
    ...keys,
    rules: [{ at: 200, text: 'a fair share' }],
    band: { low: 150, high: 300, text: 'where 95% lie' },
  }
  expect(renderFigure(figure, 80, plainPaint)).toEqual([
    'Keys of each node',
    `node-A  400  ${'█'.repeat(20)}│${'█'.repeat(19)}`,
    `node-B  100  ${'█'.repeat(10)}     ░░░░░│░░░░░░░░░`,
    '░ 150 to 300: where 95% lie',
    '│ 200: a fair share',
  ])
})

test('a grid has darker shades for greater values, none where there is no value', () => {
  const lines = renderFigure(shades, 80, plainPaint)
  const shadeAt = (line: string, text: string) => line.slice(0, line.indexOf(text)).trim().at(-1)
  const row = (name: string) => lines.find((line) => line.startsWith(name))!
  expect(shadeAt(row('lru'), '80')).toBe('█')
  expect(shadeAt(row('lfu'), '50')).toBe('▓')
  expect([...row('lru')].filter((sign) => sign === '░')).toHaveLength(2)
  expect([...row('lfu')].filter((sign) => '░▒▓█'.includes(sign))).toHaveLength(2)
})

test('bars and grids stay within the width, and have an ASCII form of the same width', () => {
  const value = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 30, max: 120 }),
      fc.constantFrom('n', 'a longer name'),
      (given, width, name) => {
        const names = given.map((_, i) => `${name}-${i}`)
        const bars: BarFigure = {
          ...keys,
          value: { label: 'share', unit: 'ratio' },
          categories: names,
          series: [0, 1].map((k) => ({ name: `s${k}`, values: given.map((row) => row[k]) })),
          rules: [{ at: 0.5, text: 'half' }],
          band: { low: 0.2, high: 0.7, text: 'expected' },
        }
        for (const figure of [bars, { ...shades, rows: names, values: given }])
          for (const line of renderFigure(figure, width, plainPaint)) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width)
            // What is drawn has a sign of ASCII; the dash of a missing value has two.
            expect(asciiText(line)).toMatch(/^[ -~]*$/)
            expect(asciiText(line)).not.toContain('\\u{')
          }
      },
    ),
  )
})
