import { execFileSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SaveWatch } from '../../src/cli/save-watch.js'
import { temporaryFolder } from './lab.js'
import { until } from './processes.js'

const git = (folder: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd: folder })

/** Ways to save the file `a`, each of which can be used again and again. */
const ways: Record<string, (folder: string, text: string) => void> = {
  'writes in place': (folder, text) => {
    const file = openSync(join(folder, 'a'), 'r+')
    writeSync(file, text)
    closeSync(file)
  },
  'truncates, then writes': (folder, text) => {
    truncateSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a'), text)
  },
  'renames a new file over it': (folder, text) => {
    writeFileSync(join(folder, 'new'), text)
    renameSync(join(folder, 'new'), join(folder, 'a'))
  },
  'unlinks and creates': (folder, text) => {
    unlinkSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a'), text)
  },
  'sed -i': (folder, text) => execFileSync('sed', ['-i', `s/.*/${text}/`, 'a'], { cwd: folder }),
  'renames it to a backup, as vim does': (folder, text) => {
    renameSync(join(folder, 'a'), join(folder, 'a~'))
    writeFileSync(join(folder, 'a'), text)
    unlinkSync(join(folder, 'a~'))
  },
  'git checkout': (folder, text) => {
    git(folder, 'init', '-q')
    writeFileSync(join(folder, 'a'), text)
    git(folder, 'add', 'a')
    writeFileSync(join(folder, 'a'), 'other')
    git(folder, 'checkout', '-q', 'a')
  },
  'touches it': (folder, text) => {
    utimesSync(join(folder, 'a'), 1, text.length)
  },
  'copies over it': (folder, text) => {
    writeFileSync(join(folder, 'source'), text)
    copyFileSync(join(folder, 'source'), join(folder, 'a'))
  },
  'writes in pieces': (folder, text) => {
    const file = openSync(join(folder, 'a'), 'w')
    for (const letter of text) writeSync(file, letter)
    closeSync(file)
  },
}

test.each(Object.keys(ways))('a save is seen, and the next one too: %s', async (way) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a'), 'first')
  const seen: string[] = []
  // No file is named, so that none is found by looking.
  const watch = new SaveWatch(
    folder,
    [],
    (path) => /~|\.git/.test(path),
    (path) => seen.push(path),
  )
  for (const text of ['second', 'the third', 'the fourth one']) {
    seen.length = 0
    ways[way](folder, text)
    await until(() => seen.includes('a'))
  }
  watch.close()
})

test('two files, those in new folders, and a folder that is replaced', async () => {
  const folder = temporaryFolder()
  const seen = new Set<string>()
  const watch = new SaveWatch(
    folder,
    ['sub/c'],
    () => false,
    (path) => seen.add(path),
  )
  writeFileSync(join(folder, 'a'), '')
  writeFileSync(join(folder, 'b'), '')
  await until(() => seen.has('a') && seen.has('b'))
  for (let time = 0; time < 2; time++) {
    seen.clear()
    rmSync(join(folder, 'sub'), { recursive: true, force: true })
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'sub/c'), String(time))
    await until(() => seen.has('sub') && seen.has('sub/c'))
    writeFileSync(join(folder, 'sub/d'), String(time))
    await until(() => seen.has('sub/d'))
  }
  watch.close()
  expect(readFileSync(join(folder, 'sub/c'), 'utf8')).toBe('1')
})

test('a file whose folder sends no events is looked at', async () => {
  const folder = temporaryFolder()
  const seen: string[] = []
  const isIgnored = (path: string) => path === 'sub'
  mkdirSync(join(folder, 'sub'))
  const watch = new SaveWatch(folder, ['sub/c'], isIgnored, (path) => seen.push(path))
  writeFileSync(join(folder, 'sub/c'), '')
  await until(() => seen.includes('sub/c'))
  watch.close()
})
