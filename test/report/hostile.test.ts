import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { formatNames, formats, type Report } from '../../src/report/index.js'
import { colourPaint, plainPaint } from '../../src/report/paint.js'
import { jsonText, printable, printableLines, withoutCommands } from '../../src/report/text.js'
import { byLayer } from '../layer.js'
import { bones, commandsIn, HOSTILE, namesIn, parseCsv, parseMarkdown, UNSEEN } from './hostile-text.js'

/** A report in which everything that can come from a stranger does. */
function reportOf(text: string): Report {
  return {
    schema: 'cachelab/report@1',
    command: 'ring',
    title: text,
    parameters: { nodes: text, keys: 1 },
    tables: [
      {
        name: 'nodes',
        title: text,
        columns: [
          { key: 'node', label: text },
          { key: 'keys', label: 'keys', unit: 'count' },
          { key: 'note', label: 'note' },
        ],
        rows: [{ node: text, keys: -1, note: text }],
      },
    ],
    figures: [
      {
        kind: 'curves',
        title: text,
        x: { label: text },
        y: { label: text },
        series: [
          {
            name: text,
            points: [
              [1, 2],
              [2, 3],
            ],
          },
        ],
        events: [{ at: 1, until: 2, text }],
        rules: [{ at: 1, text }],
      },
      {
        kind: 'bars',
        title: text,
        value: { label: text },
        categories: [text],
        series: [{ name: text, values: [1] }],
        band: { low: 0, high: 2, text },
      },
      { kind: 'heat', title: text, value: { label: text }, rows: [text], columns: [text], values: [[1]] },
      {
        kind: 'strips',
        title: text,
        x: { label: text },
        owners: [text],
        rows: [{ name: text, spans: [{ from: 0, to: 1, owner: 0 }] }],
      },
      {
        kind: 'ring',
        nodes: [text],
        rings: [{ title: '', arcs: [{ at: 0.5, node: 0 }] }],
        keys: [{ key: text, at: 0.1, nodes: [0] }],
      },
      {
        kind: 'sequence',
        title: text,
        actors: [text, 'b'],
        lines: [
          { at: 1, from: 0, to: [1], text, isLost: true },
          { at: 2, who: [0], text },
        ],
      },
    ],
    findings: [{ id: 'one', text, command: text }],
  }
}

async function render(
  format: keyof typeof formats,
  report: Report,
  width = 80,
  paint = plainPaint,
): Promise<string> {
  return (await formats[format]())(report, { width, paint })
}

const benign = reportOf('plain words')

/** What another reader of a format has to say; one that is missing here is a format without a proof. */
const readers: Record<string, (text: string, given: string) => Promise<void>> = {
  table: async (text, given) => {
    expect(bones(text)).toContain(bones(given))
  },
  json: async (text, given) => {
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(reportOf(given))))
  },
  csv: async (text, given) => {
    const [header, row, ...others] = parseCsv(text)
    expect([header, others]).toEqual([['node', 'keys', 'note'], []])
    expect(row[1]).toBe('-1')
    for (const cell of [row[0], row[2]]) {
      expect(cell).not.toMatch(/^[=+\-@\t\r＝]/)
      expect(bones(cell.replace(/^'/, ''))).toBe(bones(given))
    }
  },
  markdown: async (text, given) => {
    const { blocks, texts } = parseMarkdown(text)
    expect(blocks).toBe(parseMarkdown(await render('markdown', benign)).blocks)
    for (const index of [0, 2, 3, 6, 8, texts.length - 1]) expect(bones(texts[index])).toBe(bones(given))
  },
  html: async (text, given) => {
    expect(namesIn(text)).toEqual(namesIn(await render('html', benign)))
    for (const name of ['title', 'h1', 'figcaption']) expect(bones(contentOf(name, text))).toBe(bones(given))
  },
  svg: async (text, given) => {
    expect(XMLValidator.validate(text)).toBe(true)
    expect(namesIn(text)).toEqual(namesIn(await render('svg', benign)))
    expect(bones(contentOf('title', text))).toBe(bones(given))
  },
}

/** The text of the first element of a name. */
function contentOf(name: string, markup: string): string {
  const [, text = ''] = new RegExp(`<${name}\\b[^>]*>([^<]*)<`).exec(markup) ?? []
  const signs = [...Object.entries({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }), ['&amp;', '&']]
  return signs.reduce((read, [entity, sign]) => read.replaceAll(entity, sign), text)
}

test('every format has a reader that judges it', () => {
  expect(Object.keys(readers).sort()).toEqual([...formatNames].sort())
})

describe.each(formatNames)('%s', (format) => {
  test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s is text', async (_, given) => {
    const text = await render(format, reportOf(given))
    expect(text).not.toMatch(UNSEEN)
    expect(commandsIn(text)).toEqual([])
    await readers[format](text, given)
  })
})

test.each(byLayer([33], [33, 200]))(
  'tables of %i columns, in colour too, have no commands',
  async (width) => {
    for (const given of byLayer(
      HOSTILE.filter((_, i) => i % 8 === 0),
      HOSTILE,
    )) {
      for (const paint of [plainPaint, await colourPaint()]) {
        const text = await render('table', reportOf(given), width, paint)
        expect(commandsIn(text)).toEqual([])
        // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
        expect(text.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(UNSEEN)
      }
    }
  },
)

test('what can’t be seen is spelled out, and the rest is left as it is', () => {
  expect(printable('a\u001b\u202e\u{e0041}\ud800\n')).toBe('a\\x1b\\u202e\\u{e0041}\\ud800\\x0a')
  expect(printableLines('a\r\n\tb\rc')).toBe('a\n\tb\\x0dc')
  expect(printable('😀 👩‍💻 ::1 #1')).toBe('😀 👩‍💻 ::1 #1')
  expect(withoutCommands('::1:6379\n  ::error::x\na ::b ##vso[x]')).toBe(
    '::1:6379\n  : :error::x\na ::b # #vso[x]',
  )
  const data = { 'a\u202e##[b]': '\\##vso[x]\u0085\u{e0041}\ud800\n' }
  expect(JSON.parse(jsonText(data))).toEqual(data)
})
