import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../cli/lab.js'
import { root, run } from '../cli/run.js'
import {
  blocksIn,
  brokenLinks,
  commandsIn,
  documentPaths,
  parseCommand,
  readDocument,
  regenerated,
} from './documents.js'

describe.each(documentPaths)('%s', (path) => {
  // `-u` writes what the commands print now into the document; in the thorough layer for all of them.
  test('shows what its commands print, and tables as they are made', async () => {
    await expect(await regenerated(path, temporaryFolder())).toMatchFileSnapshot(join(root, path))
  }, 300_000)

  test('every command in it exists, with its options and their values', async () => {
    for (const line of commandsIn(readDocument(path))) {
      await expect(parseCommand(line), line).resolves.toBeUndefined()
    }
  })

  test('every link leads somewhere', () => {
    expect(brokenLinks(path)).toEqual([])
  })
})

test('the tests of documents notice what is wrong', async () => {
  for (const line of [
    'cachelab rings',
    'cachelab ring --nods 3',
    'cachelab walk wy',
    'cachelab ring --vnodes x',
  ])
    await expect(parseCommand(line), line).rejects.toThrow()
  expect(commandsIn('`cachelab ring` and\n`cachelab walk\nring`\n\n```sh\ncachelab evict\n```\n')).toEqual([
    'cachelab ring',
    'cachelab walk ring',
    'cachelab evict',
  ])
})

test('the lesson map has a command for each part', () => {
  expect(commandsIn(readDocument('src/docs/lesson-map.md')).length).toBeGreaterThan(40)
})

test('the library example runs and prints what is shown', async () => {
  const library = readDocument('src/docs/library.md')
  const [code] = blocksIn(library, 'ts')
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', code])
  expect(stderr).toBe('')
  expect(stdout).toBe(blocksIn(library, 'text')[0])
})
