import { expect, test } from 'vitest'
import { plainPaint } from '../../src/report/paint.js'
import type { StripFigure } from '../../src/report/report.js'
import { renderStrips } from '../../src/report/strips.js'
import { drawStrips } from '../../src/report/svg/strips.js'

const slots: StripFigure = {
  kind: 'strips',
  title: 'Slots',
  x: { label: 'slots', unit: 'count' },
  owners: ['node-A', 'node-B'],
  rows: [
    {
      name: 'before',
      spans: [
        { from: 0, to: 8192, owner: 0 },
        { from: 8192, to: 16_384, owner: 1 },
      ],
    },
  ],
}

test.each([360, 700, 1400])('a range ends where its last part does, in a picture of %d pixels', (width) => {
  const picture = drawStrips(slots, width).content.markup
  const texts = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
  const ticks = texts.filter((text) => /^[\d,]+$/.test(text))
  expect(ticks[0]).toBe('0')
  expect(ticks.at(-1)).toBe('16,384')
  const places = ticks.map((text) => Number(text.replace(/,/g, '')))
  // In pixels: the widest text, 16,384, takes about 40 of them.
  const apart = places.slice(1).map((place, i) => place - places[i])
  expect(Math.min(...apart) * ((width - 20) / 16_384)).toBeGreaterThan(40)
})

test('and in a terminal', () => {
  expect(renderStrips(slots, 40, plainPaint).at(-2)).toMatch(/^0 +16,384$/)
})
