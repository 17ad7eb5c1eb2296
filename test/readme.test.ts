import { expect, test } from 'vitest'
import { blocksIn, documentPaths, readDocument } from './docs/documents.js'

const readme = readDocument('README.md')

test('it is a page', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(250)
})

test('the two commands of the first block are those of a fresh clone', () => {
  expect(blocksIn(readme, 'sh')[0]).toBe('npm ci\nnpx cachelab ring --vnodes 150\n')
})

test('the commands that are run as they stand here have blocks of their own', () => {
  for (const line of [
    'npm ci && npm test',
    'npm install --global "./$(npm pack --silent --ignore-scripts)"',
    'npm link',
  ])
    expect(blocksIn(readme, 'sh')).toContain(`${line}\n`)
})

test('it leads to every other document', () => {
  for (const path of documentPaths) if (path !== 'README.md') expect(readme).toContain(`](${path})`)
})
