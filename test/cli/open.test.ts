import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'
import { until } from './processes.js'

const noted = (stderr: string): string => /^note: the page is (.*)$/m.exec(stderr)![1]

test('--open hands the page to the browser, and prints nothing', async () => {
  const folder = temporaryFolder()
  const [browser, seen] = [join(folder, 'browser'), join(folder, 'seen')]
  writeFileSync(browser, `#!/bin/sh\necho "$1" >'${seen}.part' && mv '${seen}.part' '${seen}'\n`)
  chmodSync(browser, 0o755)
  const env = { BROWSER: browser, TMPDIR: folder }
  const { code, stdout, stderr } = await cachelab(['ring', 'draw', '--open'], { env })
  expect([code, stdout]).toEqual([0, ''])
  await until(() => existsSync(seen))
  const page = noted(stderr)
  expect(readFileSync(seen, 'utf8')).toBe(`${page}\n`)
  const html = await cachelab(['ring', 'draw', '--format', 'html'])
  expect(readFileSync(page, 'utf8')).toBe(html.stdout)
})

test('where no browser can be started, the page is there all the same', async () => {
  const env = { BROWSER: '/nowhere/browser' }
  const { code, stderr } = await cachelab(['ring', '--open'], { env })
  expect(code).toBe(0)
  expect(stderr).toContain('no browser could be started')
  expect(existsSync(dirname(noted(stderr)))).toBe(true)
})

test('--open shows a walkthrough with its runs', async () => {
  const { stdout, stderr } = await cachelab(['walk', 'ring', '--open'], {
    env: { BROWSER: '/nowhere/browser' },
  })
  expect(stdout).toBe('')
  const html = await cachelab(['walk', 'ring', '--format', 'html'])
  expect(readFileSync(noted(stderr), 'utf8')).toBe(html.stdout)
})

test('--open shows html and nothing else', () =>
  refused(['ring', '--open', '--format', 'json'], ['--open shows html, and --format is json']))
