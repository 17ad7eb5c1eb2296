import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab } from './in-process.js'
import { solvedLab } from './lab.js'
import { commandLines, until } from './processes.js'
import { Session } from './session.js'

const KEYS = 'q quit'

test('checks at the start and on save, knows its keys, and goes on where one was', async () => {
  const lab = solvedLab()
  const file = join(lab, 'keys-moved.js')
  const right = readFileSync(file, 'utf8')
  writeFileSync(file, right.replace('Math.max(before, after)\n}', 'after\n}'))
  const session = new Session(lab, ['watch', 'keys-moved'])
  await session.see('checking keys-moved …')
  await session.see('✗ the ring: ')
  await session.see(KEYS)
  session.press('h')
  await session.see('the ring: ')
  session.press('h')
  await session.see('1/4 Begin with 4 servers and 5.')
  session.press('l')
  await session.see('→ keys-moved: 3 of 4 checks')
  session.press('r')
  await session.see('checking keys-moved …')
  await session.see(KEYS)

  writeFileSync(file, right)
  await session.see('checking keys-moved …')
  await session.see('✓ 10 of 10 points.')
  await session.see('✓ keys-moved is done. n: the next.')
  await session.see(KEYS)

  session.press('n')
  await session.see('checking sentinel-or-cluster …')
  await session.see(KEYS)
  appendFileSync(join(lab, 'follow.js'), '\n')
  await session.see('checking follow …')
  await session.see('✓ follow is done')
  await session.see(KEYS)
  session.press('q')
  expect(await session.ended).toBe(0)

  // What passed isn't checked again; the next that isn't done is.
  const again = new Session(lab, ['watch'])
  await again.see('checking hash-ring …')
  await again.see(KEYS)
  again.press('\u0004')
  expect(await again.ended).toBe(0)
})

test('what passed is not checked again until its file changes', async () => {
  const lab = solvedLab()
  expect((await cachelab(['check', 'keys-moved'], { cwd: lab })).code).toBe(0)
  const session = new Session(lab, ['watch', 'keys-moved'])
  await session.see('✓ keys-moved is done; it is checked again when keys-moved.js changes.')
  appendFileSync(join(lab, 'keys-moved.js'), '\n')
  await session.see('checking keys-moved …')
  await session.see(KEYS)
  session.press('q')
  expect(await session.ended).toBe(0)
})

test('a newer save cancels the older run', async () => {
  const lab = solvedLab()
  const name = `loop-${basename(lab)}.js`
  const file = join(lab, name)
  const manifest = join(lab, 'cachelab.json')
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('keys-moved.js', name))
  const right = readFileSync(join(lab, 'keys-moved.js'), 'utf8')
  writeFileSync(file, 'for (;;);')
  const session = new Session(lab, ['watch', 'keys-moved'])
  await session.see('checking keys-moved …')
  // The first check runs what was there.
  await until(() => commandLines().some((line) => line.includes(name)))
  writeFileSync(file, right)
  await session.see('checking keys-moved …')
  await session.see('✓ 10 of 10 points.')
  await session.see(KEYS)
  expect(session.printed).not.toContain('no answer')
  session.press('\u0003')
  expect(await session.ended).toBe(130)
})

test('without a terminal it says what to do instead', async () => {
  const { stderr, code } = await cachelab(['watch'], { cwd: solvedLab() })
  expect([code, stderr]).toEqual([
    2,
    'error: cachelab watch needs a terminal for its keys; cachelab check checks once\n',
  ])
})
