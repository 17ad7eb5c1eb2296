import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { slugs } from '../../src/grading/course.js'
import { type Language, languages } from '../../src/grading/languages.js'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'

const REMOVED = ['slots', 'slabs']

async function newLab(language: Language): Promise<string> {
  const lab = join(temporaryFolder(), 'lab')
  expect((await cachelab(['init', lab, '--language', language])).code).toBe(0)
  return lab
}

const textOf = (lab: string, path: string) => readFileSync(join(lab, path), 'utf8')
const edit = (lab: string, path: string, change: (text: string) => string) =>
  writeFileSync(join(lab, path), change(textOf(lab, path)))

/** Every file of a lab with its text. */
const filesOf = (lab: string) =>
  new Map(
    (readdirSync(lab, { recursive: true }) as string[])
      .filter((path) => statSync(join(lab, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(lab, path), 'latin1')]),
  )

/** A lab as an earlier cachelab made it, which didn't have two of the exercises. */
async function oldLab(language: Language): Promise<string> {
  const lab = await newLab(language)
  for (const slug of REMOVED) {
    rmSync(join(lab, languages[language].file(slug)))
    rmSync(join(lab, 'tasks', `${slug}.md`))
  }
  edit(lab, 'cachelab.json', (text) => {
    const { exercises, ...rest } = JSON.parse(text)
    const kept = Object.entries(exercises).filter(([slug]) => !REMOVED.includes(slug))
    return `${JSON.stringify({ ...rest, exercises: Object.fromEntries(kept) }, null, 2)}\n`
  })
  edit(lab, 'README.md', (text) =>
    text
      .split('\n')
      .filter((line) => !REMOVED.some((slug) => line.includes(`tasks/${slug}.md`)))
      .join('\n'),
  )
  return lab
}

/** What an update says, by its headings. */
async function update(lab: string) {
  const { code, stdout, stderr } = await cachelab(['init', lab, '--update'])
  expect([code, stderr]).toEqual([0, ''])
  const listed = (title: string) =>
    new RegExp(`^${title}.*:\\n((?: {2}.*\\n)+)`, 'm').exec(stdout)?.[1].trim().split(/\n */) ?? []
  return { stdout, added: listed('Added'), left: listed('Left as they are'), there: listed('Already there') }
}

describe.each(['js', 'py'] as const)('a lab in %s without two exercises', (language) => {
  const file = languages[language].file

  test('gets them, and is then as a new one; the second time nothing is added', async () => {
    const [lab, fresh] = [await oldLab(language), await newLab(language)]
    const { added, left, there, stdout } = await update(lab)
    expect(added).toEqual([
      'cachelab.json (slots, slabs)',
      ...REMOVED.flatMap((slug) => [file(slug), `tasks/${slug}.md`]),
      'README.md (its list of exercises)',
    ])
    expect(left).toEqual([])
    expect(there).toContain(file('hash-ring'))
    expect(stdout).toContain('2 exercises added: slots, slabs. Go on with:')
    const [now, made] = [filesOf(lab), filesOf(fresh)]
    expect([...now.keys()]).toEqual([...made.keys()])
    for (const [path, text] of made)
      if (path !== 'cachelab.json') expect([path, now.get(path)]).toEqual([path, text])
    expect(JSON.parse(textOf(lab, 'cachelab.json'))).toEqual(JSON.parse(textOf(fresh, 'cachelab.json')))
    const again = await update(lab)
    expect([again.added, again.left]).toEqual([[], []])
    expect(again.stdout).toContain('Nothing added: the lab has all exercises.\n')
    expect(filesOf(lab)).toEqual(now)
  })

  test('what was changed or deleted stays so, and is named', async () => {
    const lab = await oldLab(language)
    for (const path of [file('follow'), 'tasks/eviction.md', 'README.md', 'package.json'])
      edit(lab, path, (text) =>
        `${text}\n`.replace('\n', '\n\n').replace('"private"', '"description": "mine", "private"'),
      )
    edit(lab, file('follow'), (text) => `${text}\nx = 1\n`)
    edit(lab, 'README.md', (text) => `My notes.\n${text}`)
    edit(lab, 'tasks/eviction.md', (text) => `My notes.\n${text}`)
    writeFileSync(join(lab, file('slots')), 'mine = 1\n')
    rmSync(join(lab, 'tasks/replication.md'))
    edit(lab, 'cachelab.json', (text) => text.replace(/^ +/gm, '\t').replace('{', '{\n\t"note": "} {",\r\n'))
    const [before, written] = [filesOf(lab), textOf(lab, 'cachelab.json')]
    const { added, left } = await update(lab)
    expect(added).toEqual(['cachelab.json (slots, slabs)', 'tasks/slots.md', file('slabs'), 'tasks/slabs.md'])
    expect(left.sort()).toEqual(
      [
        file('follow'),
        'README.md',
        file('slots'),
        'tasks/eviction.md',
        'tasks/replication.md (deleted)',
      ].sort(),
    )
    const after = filesOf(lab)
    for (const [path, text] of before)
      if (path !== 'cachelab.json') expect([path, after.get(path)]).toEqual([path, text])
    expect(existsSync(join(lab, 'tasks/replication.md'))).toBe(false)
    const now = textOf(lab, 'cachelab.json')
    expect(Object.keys(JSON.parse(now).exercises).sort()).toEqual(slugs().sort())
    // What was written before is still there, letter by letter, around what is new.
    const end = [...written].findIndex((letter, i) => letter !== now[i])
    expect(now.endsWith(written.slice(end).trimStart())).toBe(true)
    expect((await update(lab)).added).toEqual([])
  })
})

test('a lab with another cachelab’s tarball gets this one’s beside it, and installs that', async () => {
  const lab = await oldLab('js')
  const [name] = readdirSync(join(lab, 'cachelab-package'))
  const own = readFileSync(join(lab, 'cachelab-package', name))
  writeFileSync(join(lab, 'cachelab-package', name), 'an older one')
  const { added } = await update(lab)
  const path = `cachelab-package/${name.replace('.tgz', '-2.tgz')}`
  expect(added).toContain(path)
  expect(readFileSync(join(lab, path)).equals(own)).toBe(true)
  expect(textOf(lab, `cachelab-package/${name}`)).toBe('an older one')
  expect(JSON.parse(textOf(lab, 'package.json')).devDependencies).toEqual({ cachelab: `file:${path}` })
  const { packages } = JSON.parse(textOf(lab, 'package-lock.json'))
  expect(packages[''].devDependencies).toEqual({ cachelab: `file:${path}` })
  expect(packages['node_modules/cachelab'].resolved).toBe(`file:${path}`)
})

test('a lab that installs something else, and the file of a CI service, are left', async () => {
  const lab = await oldLab('js')
  edit(lab, 'package.json', (text) => text.replace(/"file:[^"]*"/, '"github:owner/cachelab"'))
  mkdirSync(join(lab, '.github/workflows'), { recursive: true })
  writeFileSync(join(lab, '.github/workflows/grade.yml'), 'on: push\n')
  const { left } = await update(lab)
  expect(left).toEqual([
    'package.json (installs github:owner/cachelab, which has to know the new exercises)',
    '.github/workflows/grade.yml (grades the exercises that it names, with the cachelab that it names)',
  ])
})

test('where there is no lab, or none that can be updated, the line says what to do', async () => {
  const folder = temporaryFolder()
  await refused(['init', '--update'], ['no cachelab.json in "."', 'cachelab init makes a lab'], folder)
  expect(readdirSync(folder)).toEqual([])
  await refused(['init', '--update', '--language', 'py'], ["'--update'", "'--language <name>'"], folder)
  writeFileSync(join(folder, 'cachelab.json'), '{"exercises": {}}')
  await refused(['init', '--update'], ['"language" must be one of ts, js, py'], folder)
})

test('exercises says what an old lab doesn’t have, and counts what it has', async () => {
  const lab = await oldLab('js')
  const list = async () =>
    JSON.parse((await cachelab(['exercises', '--lab', lab, '--format', 'json'])).stdout)
  const before = await list()
  expect(before.findings.map(({ text }: { text: string }) => text)).toContainEqual(
    expect.stringContaining('not in this lab: slots, slabs.'),
  )
  await refused(
    ['reset', 'slots', '--lab', lab],
    ['the lab has no exercise "slots"; cachelab init --update adds it'],
  )
  await update(lab)
  const after = await list()
  expect(after.findings).toHaveLength(1)
  const named = ({ tables }: typeof after) =>
    tables[0].rows.map(({ exercise }: { exercise: string }) => exercise)
  expect(named(after)).toEqual(slugs())
  expect(named(before)).toEqual(slugs().filter((slug) => !REMOVED.includes(slug)))
  const checked = await cachelab(['check', 'slots', '--lab', lab])
  expect(checked.stdout).toContain('not begun')
})
