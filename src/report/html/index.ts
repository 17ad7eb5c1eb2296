import { createHash } from 'node:crypto'
import { figureTable, figureTitle } from '../figure-text.js'
import { formatCell } from '../format.js'
import { element, join, type Markup, verbatim } from '../markup.js'
import { parameterTexts } from '../parameters.js'
import { type Figure, type Finding, type Report, shownReport, type Table } from '../report.js'
import { svgOf } from '../svg/index.js'
import { figureStyle } from '../svg/style.js'
import { withoutCommands } from '../text.js'
import pageScript from './page.js.txt'
import { pageStyle } from './style.js'

/** Widths that figures are drawn in, in pixels: one of the two is shown, by how wide the page is. */
const WIDTHS = { wide: 760, narrow: 340 } as const

/** A page in one file, which loads nothing and needs no script to be read. */
export function renderHtml(given: Report): string {
  const { title, command, arguments: words } = shownReport(given)
  return htmlPage(title, [
    element('h1', {}, title),
    element('p', { class: 'made' }, element('code', {}, commandOf(words, command))),
    reportSection(given, 2, ''),
  ])
}

/** What a report shows below its title: its headings are of a level, and its ids begin so that no other report's do. */
export function reportSection(given: Report, level: number, idPrefix: string): Markup {
  const { parameters, tables, figures = [], findings } = shownReport(given)
  return join(
    parameterLine(parameterTexts(parameters)),
    findings.length > 0 ? findingList(findings, level) : undefined,
    figures.map((figure, i) => htmlFigure(figure, `${idPrefix}f${i}`)),
    tables.map((table) => join(element(`h${level}`, {}, table.title), htmlTable(table))),
  )
}

const commandOf = (words: Report['arguments'], command: string): string =>
  `cachelab ${words === undefined ? command : words.map((word) => (/^[\w.,:=/@|%+-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}`

const parameterLine = (texts: readonly string[]): Markup | undefined =>
  texts.length === 0 ? undefined : element('p', { class: 'parameters' }, texts.join(' · '))

/** A whole page. Only its own script may run on it, whatever the texts in it are. */
export function htmlPage(
  title: string,
  content: readonly (Markup | readonly Markup[] | false | undefined)[],
): string {
  const hash = createHash('sha256').update(pageScript).digest('base64')
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, title),
    verbatim('style', `${figureStyle}\n${pageStyle}`),
  )
  const body = content.flat().filter((part) => part !== false)
  const page = element(
    'html',
    { lang: 'en' },
    head,
    element('body', {}, element('main', {}, body), verbatim('script', pageScript)),
  )
  return withoutCommands(`<!doctype html>\n${page.markup}\n`)
}

function findingList(findings: readonly Finding[], level: number): Markup {
  const items = findings.map(({ ok, text, command }) =>
    element(
      'li',
      { class: ok === undefined ? 'said' : ok ? 'good' : 'bad' },
      ok === undefined
        ? undefined
        : element(
            'span',
            { class: 'sign', role: 'img', 'aria-label': ok ? 'holds:' : 'does not hold:' },
            ok ? '✓' : '✗',
          ),
      text,
      command === undefined ? undefined : element('pre', { tabindex: 0 }, element('code', {}, command)),
    ),
  )
  return join(element(`h${level}`, {}, 'What it shows'), element('ul', { class: 'findings' }, items))
}

/** A figure in two widths, and what it is drawn from; its ids begin with one that is its own on the page. */
function htmlFigure(figure: Figure, id: string): Markup {
  const title = figureTitle(figure)
  return element(
    'figure',
    { 'data-figure': figure.kind },
    element('figcaption', {}, title),
    element(
      'div',
      { class: 'drawing' },
      Object.entries(WIDTHS).map(([style, width]) => svgOf(figure, width, `${id}-${style}`, style)),
    ),
    element(
      'details',
      {},
      element('summary', {}, `The values of this figure: ${title}`),
      htmlTable(figureTable(figure)),
    ),
  )
}

const MAX_UNBROKEN = 20

/** Names and times that are short are in one line, hyphens or not. */
const classOf = (text: string) => (text.length <= MAX_UNBROKEN && /\S-\S*$/.test(text) ? 'word' : undefined)

/** A table; `data-value` has of a cell what it is sorted by. */
function htmlTable({ title, columns, rows }: Table): Markup {
  const isText = new Set(
    columns.filter(({ key }) => rows.some((row) => typeof row[key] === 'string')).map(({ key }) => key),
  )
  const head = columns.map(({ key, label }) =>
    element('th', { scope: 'col', class: isText.has(key) ? undefined : 'number' }, label),
  )
  const lines = rows.map((row) =>
    element(
      'tr',
      {},
      columns.map((column) => {
        const cell = row[column.key]
        const value = typeof cell === 'number' ? cell.toPrecision(15) : undefined
        const text = formatCell(cell, column)
        return element(
          'td',
          { class: isText.has(column.key) ? classOf(text) : 'number', 'data-value': value },
          column.code ? element('code', {}, text) : text,
        )
      }),
    ),
  )
  return element(
    'div',
    // No landmark: a page may have several tables of one title.
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': title },
    element('table', {}, element('thead', {}, element('tr', {}, head)), element('tbody', {}, lines)),
  )
}
