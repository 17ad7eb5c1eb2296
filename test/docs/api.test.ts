import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../cli/run.js'
import { isThorough } from '../layer.js'
import { importedBy, type Outcome, runExamples } from './api/examples.js'
import { readApi } from './api/read.js'
import { fileOf, writePage } from './api/write.js'
import { brokenLinks } from './documents.js'

const pages = readApi()
const folder = join(root, 'src/docs/api')
const exported = pages.flatMap(({ path, exports }) => exports.map((each) => ({ path, ...each })))
const examples = exported.flatMap(({ name, path, examples }) =>
  examples.map((code) => ({ name, path, code })),
)

let outcomes: readonly Outcome[]
beforeAll(async () => {
  outcomes = await runExamples(examples)
})

// `npm run api` writes it anew.
test.runIf(isThorough).each(pages)('the reference of $path is what the doc comments say', async (page) => {
  const reports = outcomes.flatMap((outcome) => outcome.reports)
  await expect(await writePage(page, reports)).toMatchFileSnapshot(join(folder, fileOf(page)))
})

test('every page is of a path', () => {
  expect(readdirSync(folder).sort()).toEqual(pages.map(fileOf).sort())
})

test.each(pages.map(fileOf))('every link of %s leads somewhere', (file) => {
  expect(brokenLinks(`src/docs/api/${file}`)).toEqual([])
})

test('every export says what it is', () => {
  expect(exported.filter(({ doc }) => doc === '').map(({ name }) => name)).toEqual([])
})

// A type has no value to show: the example of another export may use it.
test('every export has an example that imports it from its path', () => {
  const lacking = exported.filter(({ name, path, kind }) => {
    const own = kind === 'type' ? examples : examples.filter((example) => example.name === name)
    return !own.some(({ code }) => importedBy(code, path).includes(name))
  })
  expect(lacking.map(({ name, path }) => `${path} ${name}`)).toEqual([])
})

test.each(examples.map((each, at) => ({ ...each, at })))(
  'the example of $name shows what it gives',
  ({ at }) => {
    const { error, shown } = outcomes[at]
    expect(error).toBeUndefined()
    expect(shown.length, 'values that it shows').toBeGreaterThan(0)
    expect(shown.map(({ real }) => real)).toEqual(shown.map(({ line }) => line))
  },
)
