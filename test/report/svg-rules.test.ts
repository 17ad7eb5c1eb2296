import { expect, test } from 'vitest'
import type { Rule } from '../../src/report/report.js'
import { drawCurves } from '../../src/report/svg/curves.js'

/** Where the texts of rules stand, from curves over x = 0, 1, … */
function placesOf(curves: readonly (readonly number[])[], rules: readonly Rule[]) {
  const { content } = drawCurves(
    {
      kind: 'curves',
      title: '',
      x: { label: 'x' },
      y: { label: 'y', unit: 'ratio' },
      series: curves.map((ys, i) => ({ name: `s${i}`, points: ys.map((y, x) => [x, y] as const) })),
      rules,
    },
    700,
  )
  const found = content.markup.matchAll(
    /<g class="rule"><line x1="[\d.]+" x2="[\d.]+" y1="([\d.]+)"[^>]*><\/line><text x="([\d.]+)" y="([\d.]+)">/g,
  )
  return [...found].map(([, line, x, y]) => ({
    side: Number(x) > 350 ? 'right' : 'left',
    row: Number(y) < Number(line) ? 'above' : 'below',
    y: Number(y),
  }))
}

const rule = (at: number) => ({ at, text: 'wanted' })

test.each([
  ['free at the right', [[1, 0.3, 0.1]], rule(0.8), { side: 'right', row: 'above' }],
  ['a curve above at the right', [[0, 0.5, 0.85]], rule(0.8), { side: 'left', row: 'above' }],
  ['curves above on the whole way', [[0.85, 0.85, 0.85]], rule(0.8), { side: 'right', row: 'below' }],
  ['the top of the figure', [[0, 0.1, 0.2]], rule(1), { side: 'right', row: 'below' }],
])("a rule's text stands where curves leave room: %s", (_, curves, at, expected) => {
  expect(placesOf(curves, [at])).toEqual([expect.objectContaining(expected)])
})

test('the texts of close rules stand apart', () => {
  const [a, b] = placesOf([[0, 0.1, 0.2]], [rule(0.8), rule(0.81)])
  expect(a.side !== b.side || Math.abs(a.y - b.y) >= 12).toBe(true)
})
