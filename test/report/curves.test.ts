import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asciiText } from '../../src/report/ascii.js'
import { renderFigure } from '../../src/report/figure.js'
import { plainPaint } from '../../src/report/paint.js'
import type { CurveFigure } from '../../src/report/report.js'
import { displayWidth } from '../../src/report/width.js'

test('curves mark each series and label their axes', () => {
  const lines = renderFigure(
    {
      kind: 'curves',
      title: 'A figure',
      x: { label: 'size', unit: 'count', log: true },
      y: { label: 'share', unit: 'ratio' },
      series: [
        {
          name: 'one',
          points: [
            [1, 0.1],
            [10, 0.5],
            [100, 1],
          ],
        },
        {
          name: 'two',
          points: [
            [1, 1],
            [100, 0.1],
          ],
        },
      ],
    },
    60,
    plainPaint,
  )
  const text = lines.join('\n')
  // Each name is in the line of its last point.
  expect(lines[1]).toMatch(/^ 100% ┤○.*● {2}● one$/)
  expect(text).toMatch(/○ {2}○ two$/m)
  expect(lines.at(-2)).toMatch(/^ +1 +10 +100$/)
  expect([...text].filter((character) => character === '●')).toHaveLength(4)
  expect(text).toMatch(/[\u2801-\u28ff]/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
})

describe('curves with what they are compared with', () => {
  const figure: CurveFigure = {
    kind: 'curves',
    title: 'A figure',
    x: { label: 'time', unit: 'count' },
    y: { label: 'share', unit: 'ratio' },
    series: [{ name: 'one', points: Array.from({ length: 11 }, (_, i) => [i, i / 10] as const) }],
    events: [
      { at: 2, text: 'node-A killed' },
      { at: 3, until: 5, text: 'partition' },
      { at: 10, text: 'the end of it' },
    ],
    rules: [{ at: 0.5, text: 'wanted' }],
  }
  const drawn = (width: number, isAscii = false) => renderFigure(figure, width, plainPaint, isAscii)

  test('events are dotted lines under their texts, what lasts is double on the axis', () => {
    const lines = drawn(80)
    const column = lines[1].indexOf('┊node-A killed')
    for (const row of lines.slice(3, 6)) expect(row[column]).toBe('┊')
    expect(lines.findIndex((line) => line.includes('┊partition'))).toBe(2)
    expect(lines.join('\n')).toContain('the end of it┊')
    const axis = lines.find((line) => line.includes('└'))!
    expect(axis.indexOf('═')).toBe(lines[2].indexOf('┊'))
    const unit = lines[2].indexOf('┊') - column
    expect(Math.abs(axis.split('═').length - 2 - 2 * unit)).toBeLessThanOrEqual(1)
  })

  test('a rule is a line across at its value, with its text beside the curve', () => {
    const lines = drawn(80)
    const row = lines.findIndex((line) => line.includes('╌'))
    expect(lines[row]).toMatch(/╌ wanted$/)
    const [top, bottom] = [/100% ┤/, / 0% ┤/].map((label) => lines.findIndex((line) => label.test(line)))
    expect(Math.abs(row - (top + bottom) / 2)).toBeLessThanOrEqual(0.5)
  })

  test('names that find no room are in a legend below', () => {
    expect(drawn(80).at(-1)).not.toContain('one')
    expect(drawn(40).at(-1)).toBe('● one')
  })

  test('lines are of full stops where only ASCII can be shown', () => {
    expect(drawn(80, true).join('')).not.toMatch(/[\u2800-\u28ff]/)
    expect(asciiText(drawn(80, true).join('\n'))).not.toContain('\\u{')
  })
})

test('curves of any size fit the width and a screen of 24 lines, and axes end on round values', () => {
  const value = fc.oneof(fc.double({ min: 0, max: 1e300, noNaN: true }), fc.integer({ min: 0, max: 1000 }))
  const points = fc.array(fc.tuple(value, fc.option(value)), { minLength: 1, maxLength: 20 })
  const series = fc.array(fc.record({ name: fc.string({ maxLength: 12 }), points }), {
    minLength: 1,
    maxLength: 8,
  })
  const event = fc.record({ at: value, text: fc.string({ maxLength: 20 }) })
  const figures = fc.record({ series, events: fc.array(event, { maxLength: 6 }), isLog: fc.boolean() })
  fc.assert(
    fc.property(figures, fc.integer({ min: 40, max: 120 }), fc.boolean(), (drawn, width, isAscii) => {
      const log = drawn.isLog ? { log: true as const } : {}
      const lines = renderFigure(
        {
          kind: 'curves',
          title: 'A figure',
          x: { label: 'x', unit: 'count', ...log },
          y: { label: 'y', unit: 'count', ...log },
          series: drawn.series.map(({ name, points }) => ({
            name: name.replaceAll(/[^ -~]/g, '?'),
            points: [...points].sort((a, b) => a[0] - b[0]),
          })),
          events: drawn.events.map(({ at, text }) => ({ at, text: text.replaceAll(/[^ -~]/g, '?') })),
        },
        width,
        plainPaint,
        isAscii,
      )
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      expect(lines.length).toBeLessThanOrEqual(24)
    }),
  )
})

describe('curves at their limits', () => {
  const plotted = (points: readonly (readonly [number, number | null])[], log?: true) =>
    renderFigure(
      {
        kind: 'curves',
        title: 'A figure',
        x: { label: 'size', unit: 'count', ...(log && { log }) },
        y: { label: 'share', unit: 'ratio' },
        series: [{ name: 'one', points }],
      },
      60,
      plainPaint,
    ).join('\n')
  const marks = (text: string) => text.split('●').length - 2

  test('without a point there is no data', () => {
    expect(plotted([])).toBe('A figure\nno data')
    expect(plotted([[1, null]])).toBe('A figure\nno data')
  })

  test('a value that doesn’t exist has no point', () => {
    const text = plotted([
      [1, 0.5],
      [2, null],
      [3, 0.5],
    ])
    expect(marks(text)).toBe(2)
  })

  test('a value alone has round axes around it', () => {
    const text = plotted([[5, 0]], true)
    expect(marks(text)).toBe(1)
    expect(text).toMatch(/^ +100% ┤/m)
    expect(text).toMatch(/^ +0% ┤ +● +● one$/m)
    expect(text).toMatch(/^ +1 .* 100$/m)
  })

  test('a logarithmic axis has no place for 0: the axis is linear then', () => {
    const points = [
      [0, 0.1],
      [1, 0.5],
      [10, 1],
    ] as const
    expect(marks(plotted(points, true))).toBe(3)
    expect(plotted(points, true)).not.toContain('logarithmic')
    expect(plotted(points.slice(1), true)).toContain('logarithmic')
  })
})
