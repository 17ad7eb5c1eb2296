import { describe, expect, test } from 'vitest'
import { renderCsv } from '../../src/report/csv.js'
import { renderFigure } from '../../src/report/figure.js'
import { formatBytes, formatCell, formatCount, formatNumber, formatRatio } from '../../src/report/format.js'
import { renderHtml } from '../../src/report/html/index.js'
import type { Report, RingFigure } from '../../src/report/index.js'
import { renderJson } from '../../src/report/json.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { colourPaint, plainPaint } from '../../src/report/paint.js'
import { renderTable } from '../../src/report/table.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { displayWidth } from '../../src/report/width.js'
import { wrap } from '../../src/report/wrap.js'
import { byLayer } from '../layer.js'

const report: Report = {
  schema: 'cachelab/report@1',
  command: 'ring',
  title: 'A title',
  parameters: { nodes: 2, seed: 1234567, keys: 12_345, hash: null },
  tables: [
    {
      name: 'distribution',
      title: 'Keys per node',
      columns: [
        { key: 'node', label: 'node' },
        { key: 'keys', label: 'number of keys', unit: 'count', bar: true },
        { key: 'share', label: 'share of keys', unit: 'ratio' },
        { key: 'deviation', label: 'from ideal', unit: 'ratio', signed: true },
        { key: 'note', label: 'a longer note' },
      ],
      rows: [
        {
          node: 'a,"b"|\u001b[31m',
          keys: 10_000,
          share: 0.8,
          deviation: 0.6,
          note: 'words that can be broken',
        },
        { node: '日本', keys: 2345, share: 0.2, deviation: -0.6, note: null },
      ],
    },
    {
      name: 'hidden',
      title: 'Hidden',
      shownElsewhere: true,
      columns: [{ key: 'x', label: 'x' }],
      rows: [{ x: 1 }],
    },
  ],
  findings: [
    { id: 'one', text: 'All is well.', ok: true },
    { id: 'two', text: 'Not this.', ok: false },
    { id: 'three', text: 'Neither.' },
    { id: 'four', text: 'To try it:', command: "cachelab ring --nodes 'a|b' --keys 100" },
  ],
}

describe('formats', () => {
  test('json is the report', () => {
    expect(JSON.parse(renderJson(report))).toEqual(report)
  })

  test('csv is the main table, raw, quoted where it must be', () => {
    expect(renderCsv(report)).toBe(
      'node,keys,share,deviation,note\n"a,""b""|\\x1b[31m",10000,0.8,0.6,words that can be broken\n日本,2345,0.2,-0.6,\n',
    )
  })

  test('markdown escapes pipes and aligns numbers', () => {
    const text = renderMarkdown(report)
    expect(text).toContain('## A title')
    expect(text).toContain('| :-- | --: | --: | --: | :-- |')
    expect(text).toContain('| a,"b"\\|\\\\x1b\\[31m | 10,000 | 80.00% | +60.00% | words that can be broken |')
    expect(text).toContain('- All is well.\n- Not this.')
    expect(text).toContain("- To try it:\n  ```sh\n  cachelab ring --nodes 'a|b' --keys 100\n  ```\n")
  })
})

test('lines of a program keep their spaces, and are code', () => {
  const columns = [{ key: 'code', label: 'code', code: true }] as const
  const table = { name: 'beside', title: 'Beside', columns, rows: [{ code: '  a |= `b`' }, { code: '' }] }
  const given = { ...report, tables: [table] }
  expect(renderMarkdown(given)).toContain('| ``   a \\|= `b` `` |\n|  |\n')
  expect(renderHtml(given)).toContain('<td><code>  a |= `b`</code></td>')
})

describe('terminal', () => {
  test('a command to copy has lines of its own, broken as a shell reads it on where a screen is narrow', () => {
    const shown = (width: number, isWidthKnown: boolean) =>
      renderTerminal(report, { width, isWidthKnown, paint: plainPaint }).split('To try it:\n')[1]
    const whole = "    cachelab ring --nodes 'a|b' --keys 100\n"
    expect(shown(80, true)).toBe(whole)
    expect(shown(20, false)).toBe(whole)
    expect(shown(30, true)).toBe("    cachelab ring --nodes \\\n      'a|b' --keys 100\n")
  })

  test.each([200, 80, 60, 40, 24])('fits %i columns, and loses nothing', (width) => {
    const text = renderTerminal(report, { width, isWidthKnown: true, paint: plainPaint })
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    for (const value of ['10,000', '2,345', '80.00%', '+60.00%', '日本', 'Neither.', '✓', '✗'])
      expect(text).toContain(value)
    expect(text).not.toContain('Hidden')
    expect(text).not.toContain('\u001b')
  })

  test('parameters: counts in groups, seeds as typed, nothing for null', () => {
    expect(renderTerminal(report, { width: 80, paint: plainPaint })).toContain(
      'nodes 2 · seed 1234567 · keys 12,345\n',
    )
  })

  test('long texts and many rows take time in proportion to what is printed', () => {
    const count = byLayer(15_000, 60_000)
    const rows = Array.from({ length: count }, (_, i) => ({ i, text: i === 0 ? 'x'.repeat(60_000) : 'y' }))
    const columns = [
      { key: 'i', label: 'number' },
      { key: 'text', label: 'text' },
    ]
    const lines = renderTable({ name: 'a', title: '', columns, rows }, 80, plainPaint).split('\n')
    expect(lines.slice(0, 3)).toEqual(['number  text', '─'.repeat(80), `     0  ${'x'.repeat(72)}`])
    expect(lines.length).toBe(2 + Math.ceil(60_000 / 72) + count - 1)
  })

  test('bars are as long as their numbers', () => {
    const text = renderTerminal(report, { width: 120, paint: plainPaint })
    const [long, short] = [...text.matchAll(/█+/g)].map((match) => match[0].length)
    expect(long).toBe(30)
    expect(short).toBe(7)
  })

  test('colour changes nothing but colour', async () => {
    const plain = renderTerminal(report, { width: 80, paint: plainPaint })
    const colour = renderTerminal(report, { width: 80, paint: await colourPaint() })
    expect(colour).toContain('\u001b[')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins with one
    expect(colour.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain)
  })
})

describe('numbers as people read them', () => {
  test.each([
    [formatCount(1234567), '1,234,567'],
    [formatCount(999), '999'],
    [formatCount(12.34), '12.3'],
    [formatCount(-1234), '-1,234'],
    [formatRatio(0.12345), '12.35%'],
    [formatBytes(999), '999 B'],
    [formatBytes(3600), '3.60 kB'],
    [formatBytes(999_600), '1.00 MB'],
    [formatNumber(2.071, 'factor'), '2.07×'],
    [formatNumber(0.5, 'ms'), '0.50 ms'],
    [formatNumber(1234, 'ms'), '1,234 ms'],
    [formatNumber(1_200_000, 'per-second'), '1.20 M/s'],
    [formatCell(true, { key: 'x', label: 'x' }), 'yes'],
    [formatCell(null, { key: 'x', label: 'x', unit: 'count' }), '–'],
  ])('%s', (text, wanted) => {
    expect(text).toBe(wanted)
  })
})

/** Columns that the cursor moves in a terminal (tmux 3.3), which draws marks on the letter before them. */
test.each([
  ['ภาษาไทยที่นี่', 9],
  ['العَرَبِيَّة', 7],
  ['עִבְרִית', 5],
  ['வணக்கம்', 5],
  ['ລາວ', 3],
  ['한글'.normalize('NFD'), 4],
  ['한글', 4],
  ['é'.normalize('NFD'), 1],
  ['a\u200db', 2],
  ['👨‍👩‍👧', 2],
  ['商品', 4],
])('%s takes %i columns', (text, columns) => expect(displayWidth(text)).toBe(columns))

test('width of what terminals show', () => {
  expect(displayWidth('abc–█→')).toBe(6)
  expect(displayWidth('日本')).toBe(4)
  expect(displayWidth('\u001b[31mred\u001b[39m')).toBe(3)
})

test('lines break between words, and inside a word that is too long', () => {
  expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox'])
  expect(wrap('a abcdefgh', 3)).toEqual(['a', 'abc', 'def', 'gh'])
  expect(wrap('日本語', 4)).toEqual(['日本', '語'])
})

describe('rings', () => {
  const arcs = [
    { at: 0.25, node: 0 },
    { at: 0.75, node: 1 },
  ]
  const figure: RingFigure = {
    kind: 'ring',
    nodes: ['node-A', 'node-B'],
    rings: [{ title: '', arcs }],
    keys: [{ key: 'k', at: 0.5, nodes: [1] }],
  }

  test('position 0 is at the top, clockwise, and an arc ends at its virtual node', () => {
    const lines = renderFigure(figure, 80, plainPaint)
    const circle = lines.map((line) => line.slice(0, 29))
    expect(circle.length).toBeLessThanOrEqual(20)
    // The virtual node at a quarter is on the right, half-way down; the one at three quarters on the left.
    expect(circle[7].trim()).toMatch(/^B +A$/)
    expect(circle[1].slice(9, 20).trim()).toMatch(/^a+$/)
    expect(circle.at(-1)?.trim()).toBe('1')
    expect(circle.at(-2)?.trim()).toMatch(/^b+$/)
    expect(lines.join('\n')).toContain('1 k B')
  })

  test('two rings stand side by side where there is room', () => {
    const two = {
      ...figure,
      rings: [
        { title: 'before', arcs },
        { title: 'after', arcs: [{ at: 0.5, node: 1 }] },
      ],
    }
    expect(renderFigure(two, 80, plainPaint)[0]).toMatch(/^before +after/)
    expect(renderFigure(two, 80, plainPaint).length).toBeLessThan(20)
    expect(renderFigure(two, 50, plainPaint).length).toBeGreaterThan(25)
    for (const width of [80, 50]) {
      for (const line of renderFigure(two, width, plainPaint))
        expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }
  })

  test('a narrow screen has a smaller circle, with all keys and nodes below it', () => {
    const keys = Array.from({ length: 9 }, (_, i) => ({
      key: `user:${'x'.repeat(9 * i)}`,
      at: i / 9,
      nodes: [0, 1],
    }))
    const two = { ...figure, keys, rings: ['before', 'after'].map((title) => ({ title, arcs })) }
    for (let width = 20; width < 45; width++) {
      const lines = renderFigure(two, width, plainPaint)
      for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width)
      const text = lines.join('\n')
      for (const name of [...figure.nodes, 'before', 'after', '9 user:']) expect(text).toContain(name)
      const [circle] = text.split('after')
      for (const mark of 'AB123456789') expect(circle).toContain(mark)
    }
  })
})

test('a finding fits the width with marks in ASCII', () => {
  const text = 'a word '.repeat(40).trim()
  const findings = [{ ok: true }, { ok: false }, {}].map((verdict, i) => ({
    id: String(i),
    text,
    ...verdict,
  }))
  const shown = renderTerminal(
    { ...report, tables: [], findings },
    { width: 40, paint: plainPaint, isAscii: true },
  )
  expect(shown.match(/^(ok|NO|\*) /gm)).toEqual(['ok ', 'NO ', '* '])
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
})
