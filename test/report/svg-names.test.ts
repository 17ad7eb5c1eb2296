import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Figure } from '../../src/report/report.js'
import { textWidth } from '../../src/report/svg/drawing.js'
import { drawFigure } from '../../src/report/svg/index.js'
import { nameLines } from '../../src/report/svg/names.js'

test.each([
  ['w-tinylfu-adaptive', 80, ['w-tinylfu-', 'adaptive']],
  ['a trace of two days', 80, ['a trace of', 'two days']],
  ['unbroken', 30, ['unbr', 'oken']],
  ['lru', 80, ['lru']],
  ['', 80, ['']],
])('%s in lines of %i pixels', (name, width, lines) => {
  expect(nameLines(name, width)).toEqual(lines)
})

const letters = fc.constantFrom('a', 'b', 'ü', ' ', '-', '/', '.', '語')

test('no line is wider than told, and no letter is lost', () => {
  fc.assert(
    fc.property(fc.array(letters), fc.integer({ min: 15, max: 200 }), (list, width) => {
      const name = list.join('')
      const lines = nameLines(name, width, Number.POSITIVE_INFINITY)
      expect(lines.join('').replaceAll(' ', '')).toBe(name.replaceAll(' ', ''))
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width)
    }),
  )
})

test('a name without end is cut', () => {
  const lines = nameLines('ab '.repeat(1000), 60)
  expect([lines.length, lines.at(-1)!.endsWith('…')]).toEqual([6, true])
})

const names = ['w-tinylfu-adaptive', 'memcached-lru-of-1.6', 'anunbrokennamethatisrathermuchtoolong']
const value = { label: 'hit ratio', unit: 'ratio' } as const
const values = names.map(() => 0.5)
const drawn: Figure[] = [
  { kind: 'bars', title: '', value, categories: names, series: [{ name: '', values }] },
  { kind: 'heat', title: '', value, rows: names, columns: ['x'], values: names.map(() => [0.5]) },
  { kind: 'heat', title: '', value, rows: ['x'], columns: names, values: [values] },
  {
    kind: 'heat',
    title: '',
    value,
    rows: ['x'],
    columns: [...names, ...names, ...names],
    values: [[...values, ...values, ...values]],
  },
]

test.each([340, 760])(
  '%i pixels wide, bars and heat maps show the names of their rows and columns whole',
  (width) => {
    for (const figure of drawn) {
      const { markup } = drawFigure(figure, width).content
      const text = [...markup.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words).join('')
      for (const name of names) expect(text).toContain(name)
    }
  },
)
