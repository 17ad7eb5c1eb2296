import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab } from '../cli/in-process.js'
import { root } from '../cli/run.js'
import { readDocument } from './documents.js'

const folder = 'src/docs/pictures'
/** A picture stands in README with its alternative text, and below it the command that makes it. */
const PICTURE = /^!\[([^\]]+)\]\(src\/docs\/pictures\/([\w-]+\.svg)\)\n\n`cachelab ([^`]+ --format svg)`/gm
const pictures = [...readDocument('README.md').matchAll(PICTURE)].map(([, alternative, name, line]) => ({
  alternative,
  name,
  line,
}))

test.each(pictures)('$name is what `cachelab $line` draws', async ({ name, line }) => {
  const { code, stdout, stderr } = await cachelab(line.split(' '))
  expect([code, stderr]).toEqual([0, ''])
  const file = join(root, folder, name)
  // `npm run pictures` is this test.
  if (process.env.npm_lifecycle_event === 'pictures') writeFileSync(file, stdout)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== stdout)
    expect.fail(`${folder}/${name} is out of date: npm run pictures`)
})

// Last: a new picture is written by the tests above.
test('every picture of README has a text and a command, and every file is shown', () => {
  const shown = readDocument('README.md').match(/!\[/g) ?? []
  expect(pictures).toHaveLength(shown.length)
  expect(pictures.map(({ name }) => name).sort()).toEqual(readdirSync(join(root, folder)).sort())
  for (const { alternative } of pictures) expect(alternative.length).toBeGreaterThan(80)
})
