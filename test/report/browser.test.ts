import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderHtml } from '../../src/report/html/index.js'
import type { Report } from '../../src/report/report.js'
import { renderSvg } from '../../src/report/svg/index.js'
import { classFolder } from '../cli/handed-in.js'
import { cachelab } from '../cli/in-process.js'
import { temporaryFolder } from '../cli/lab.js'
import { isThorough } from '../layer.js'
import { figures, reportWith } from './figures.js'

const executablePath = '/usr/bin/chromium'
const all = reportWith(figures)
const [curves] = figures.filter((figure) => figure.kind === 'curves')

describe.runIf(isThorough && existsSync(executablePath))('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    // Debian's has a sandbox that root can't use.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  })
  afterAll(() => browser.close())

  /** Opens a text as a file, and collects what goes wrong: errors, and requests for anything else. */
  async function opened(text: string, ending: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const path = join(temporaryFolder(), `report.${ending}`)
    writeFileSync(path, text)
    // The page lets no other script run; that of axe is handed to the browser's tools.
    const page = await browser.newPage({ bypassCSP: true, ...options })
    const faults: string[] = []
    page.on('console', (message) => faults.push(message.text()))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      if (request.url() !== `file://${path}`) faults.push(request.url())
    })
    await page.goto(`file://${path}`)
    return { page, faults }
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<{
      violations: { id: string; nodes: { html: string }[] }[]
    }>('axe.run()')
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
  }

  const fits = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')

  /** Texts of figures that are beside their figure by more than the margin of a page, or of a picture. */
  const beside = (page: Page) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('svg text')].filter((one) => {
      const [text, figure] = [one.getBoundingClientRect(), one.closest('svg').getBoundingClientRect()]
      return text.width > 0 && (text.left < figure.left - 12 || text.right > figure.right + 12)
    }).map((one) => one.outerHTML)`)

  describe.each([360, 1400])('%i pixels wide', (width) => {
    test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
      const { page, faults } = await opened(renderHtml(all), 'html', {
        viewport: { width, height: 800 },
        colorScheme,
      })
      expect(await fits(page)).toBe(true)
      expect(await page.locator('svg:visible').count()).toBe(figures.length)
      expect(await beside(page)).toEqual([])
      expect(await violations(page)).toEqual([])
      expect(faults).toEqual([])
      await page.close()
    })
  })

  test.each([360, 1400])(
    '%i pixels wide, long names break, and wide tables scroll within theirs',
    async (width) => {
      const long = 'x'.repeat(150)
      const [table] = all.tables
      const row = { ...table.rows[0], node: long }
      const titled = figures.flatMap((figure) => (figure.kind === 'ring' ? [] : [{ ...figure, title: long }]))
      const strange: Report = {
        ...all,
        title: long,
        arguments: ['ring', long],
        parameters: { nodes: long },
        tables: [
          { ...table, title: long, columns: [...table.columns, { key: 'about', label: long }], rows: [row] },
        ],
        figures: [
          ...titled,
          { ...curves, series: curves.series.map((one, i) => ({ ...one, name: `${i}${long}` })) },
        ],
        findings: [{ id: 'one', text: long, command: `cachelab ${long}` }],
      }
      const { batch, options } = classFolder()
      const line = ['grade', '--batch', batch, ...options.split(' '), '--format', 'html']
      for (const text of [renderHtml(strange), (await cachelab(line)).stdout]) {
        const { page } = await opened(text, 'html', { viewport: { width, height: 800 } })
        for (const summary of await page.locator('summary').all()) await summary.press('Enter')
        expect(await fits(page)).toBe(true)
        expect(await page.locator('table').count()).toBeGreaterThan(0)
        const over = await page.evaluate<string[]>(`[...document.querySelectorAll('th, td')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML)`)
        expect(over).toEqual([])
        await page.close()
      }
    },
  )

  describe('a walkthrough', () => {
    let walk: string
    beforeAll(async () => {
      walk = (await cachelab(['walk', 'virtual-nodes', '--format', 'html'])).stdout
    })

    test.each([
      [360, 'light'],
      [360, 'dark'],
      [1400, 'light'],
      [1400, 'dark'],
    ] as const)('%i pixels wide, %s: folded, and unfolded by keys', async (width, colorScheme) => {
      const { page, faults } = await opened(walk, 'html', { viewport: { width, height: 800 }, colorScheme })
      expect(await page.locator('.answer > :not(summary):visible').count()).toBe(0)
      expect([await fits(page), await violations(page)]).toEqual([true, []])
      for (const summary of await page.locator('.answer > summary').all()) await summary.press('Enter')
      expect(await page.locator('.answer > :not(summary):visible').count()).toBeGreaterThan(10)
      expect(await page.locator('svg:visible').count()).toBe(await page.locator('figure').count())
      expect([await fits(page), await violations(page), faults]).toEqual([true, [], []])
      await page.close()
    })

    test('on paper all of it is there, without a script too', async () => {
      const { page } = await opened(walk, 'html', { javaScriptEnabled: false })
      await page.emulateMedia({ media: 'print' })
      const hidden = await page.evaluate<string[]>(`[...document.querySelectorAll('.answer > *')]
        .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }) || one.getBoundingClientRect().height === 0)
        .map((one) => one.outerHTML.slice(0, 200))`)
      expect(hidden).toEqual([])
      await page.close()
    })
  })

  test('values come under the pointer and by keys, series go and come, tables are sorted', async () => {
    const { page, faults } = await opened(renderHtml(all), 'html', { viewport: { width: 1000, height: 800 } })
    const [curves] = await page.locator('figure').all()
    const tip = curves.locator('.tip')
    await curves.locator('.drawing').focus()
    await page.keyboard.press('ArrowRight')
    expect(await tip.textContent()).not.toBe('')
    await curves.locator('svg:visible [data-series="1"] .mark').first().hover()
    expect(await tip.textContent()).toMatch(/^lfu: 85\.00% .* at 1 capacity/)
    await curves.getByRole('button', { name: 'lfu' }).click()
    expect(await curves.locator('svg:visible [data-series="1"] .curve').isVisible()).toBe(false)
    await curves.getByRole('button', { name: 'lfu' }).click()
    expect(await curves.locator('svg:visible [data-series="1"] .curve').isVisible()).toBe(true)

    const keys = page.locator('h2 + .table').getByRole('button', { name: 'keys' })
    const column = () => page.locator('h2 + .table td:nth-child(1)').allTextContents()
    await keys.click()
    await keys.click()
    expect(await column()).toEqual(['node-C', 'node-B', 'node-A'])
    expect(faults).toEqual([])
    await page.close()
  })

  test('all is there without a script', async () => {
    const { page } = await opened(renderHtml(all), 'html', { javaScriptEnabled: false })
    expect(await page.locator('svg:visible').count()).toBe(figures.length)
    expect(await page.locator('h2 + .table tr').count()).toBe(4)
    await page.close()
  })

  test('a script in a text does not run, even if it were not escaped', async () => {
    const { page } = await opened(
      renderHtml(all).replace('It holds.', '<img src=x onerror="document.title=1">'),
      'html',
      {
        bypassCSP: false,
      },
    )
    expect(await page.title()).toBe('All that is drawn')
    await page.close()
  })

  test.each(figures.map((figure) => [figure.kind, reportWith([figure])] as [string, Report]))(
    'a picture of %s stays within its frame',
    async (_, report) => {
      const { page, faults } = await opened(renderSvg(report), 'svg')
      const outside = await page.evaluate<string[]>(`(() => {
        const frame = document.documentElement.getBoundingClientRect()
        return [...document.querySelectorAll('text, path, line, circle')]
          .filter((one) => one.getClientRects().length > 0)
          .filter((one) => {
            const { left, right, bottom } = one.getBoundingClientRect()
            return left < frame.left - 1 || right > frame.right + 1 || bottom > frame.bottom + 1
          })
          .map((one) => one.outerHTML)
      })()`)
      expect(outside).toEqual([])
      expect(faults).toEqual([])
      await page.close()
    },
  )
})

test('names stand at the ends of curves on a logarithmic axis, which has no 0, and of one without points', () => {
  const series = [...curves.series, { name: 'none', points: [] }]
  const svg = renderSvg(reportWith([{ ...curves, y: { ...curves.y, log: true }, rules: [], series }]))
  expect(svg).toContain('class="end"')
  expect(svg).not.toContain('NaN')
})

test('a page without its data is small', () => {
  expect(renderHtml({ ...all, tables: [], figures: [], findings: [] }).length).toBeLessThan(20_000)
})
