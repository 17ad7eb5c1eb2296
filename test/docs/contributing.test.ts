import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documents } from '../../src/docs/index.js'
import { quizTopicNames } from '../../src/quiz/index.js'
import { root } from '../cli/run.js'
import { readDocument } from './documents.js'

const guide = readDocument('src/README.md')

test('the map names every folder of src and no other', () => {
  const folders = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => `${join(parentPath, name).slice(join(root, 'src').length + 1)}/`)
  const named = [...guide.matchAll(/^\| `([a-z/-]+\/)` \|/gm)].map(([, folder]) => folder)
  expect(named.sort()).toEqual(folders.sort())
})

test('the files that it names exist', () => {
  const named = [...guide.matchAll(/`((?:src|test|exercises|bin|\.ci)\/[\w./-]*)`/g)].map(([, path]) => path)
  expect(named.length).toBeGreaterThan(30)
  // Capitals stand for a name that is to be chosen.
  const missing = named.filter((path) => !/[A-Z]{4}/.test(path) && !existsSync(join(root, path)))
  expect(missing).toEqual([])
})

test.each([
  ['src/docs', Object.keys(documents)],
  ['src/quiz/topics', quizTopicNames],
])('every text of %s is one that the program has', (folder, names) => {
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'))
  expect(files.map((name) => name.slice(0, -3)).sort()).toEqual([...names].sort())
})
