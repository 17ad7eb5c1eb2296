import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { watchScreen } from '../../src/cli/output/watch-screen.js'
import type { CheckResult } from '../../src/grading/results.js'
import { plainPaint } from '../../src/report/paint.js'
import { displayWidth } from '../../src/report/width.js'
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
  await session.see(' 3 of 4 checks')
  await session.see('✗ the ring')
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
  // An exercise that is done is followed by the next one by itself.
  await session.see('checking sentinel-or-cluster …')
  await session.see('✓ sentinel-or-cluster is done: 10 of 10 points.')
  await session.see('hash-ring')
  session.press('q')
  expect(await session.ended).toBe(0)

  // It goes on with the last one.
  const again = new Session(lab, ['watch'])
  await again.see('checking ')
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
  await session.see('✓ keys-moved is done: 10 of 10 points.')
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
  await session.see('✓ keys-moved is done: 10 of 10 points.')
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

const check = (id: string, passed: boolean, message = ''): CheckResult => ({
  id,
  title: `check ${id}`,
  points: 2,
  passed,
  message,
  next: passed ? '' : 'Look at the ends.',
  printed: passed ? '' : 'one\ntwo\u001b[2J\n',
  milliseconds: 1,
})

describe('the screen', () => {
  const checks = [
    check('a', true),
    check('b', false, `expected 1, got ${'2'.repeat(900)}`),
    check('c', false, 'no'),
  ]
  const result = {
    ...{ slug: 'hash-ring', title: 'A ring', lesson: '5.2', file: 'hash-ring.ts', begun: true },
    ...{ score: 2, maxScore: 6, checks },
  }
  const screen = (width: number, before?: string[]) =>
    watchScreen({ result, passedBefore: before && new Set(before), done: 3, all: 12 }, width, plainPaint)

  test('shows the first failure with its case, counts the others, and fits', () => {
    for (const width of [80, 60, 40]) {
      const lines = screen(width, ['b', 'c']).split('\n')
      expect(lines.length).toBeLessThan(24)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }
    const text = screen(80)
    expect(text).toContain('░ 1 of 3 checks   ███░░░░░░░░░ 3 of 12 exercises')
    expect(text).toContain('✗ check b\n  expected 1, got')
    expect(text).toContain('Look at the ends.')
    expect(text).toContain('1 more check fails.')
    expect(text).not.toContain('check c')
    expect(text).not.toContain('\u001b')
  })

  test('says what the last save changed', () => {
    expect(screen(80, ['b'])).toContain('now passes: check a\nno longer passes: check b\n')
    expect(screen(80, ['a'])).toContain('The last save changed no result.')
    expect(screen(80)).not.toContain('last save')
  })
})

test('check --all lists every exercise of the lab, and fails where one fails', async () => {
  const lab = solvedLab()
  const path = join(lab, 'cachelab.json')
  const { exercises, ...rest } = JSON.parse(readFileSync(path, 'utf8'))
  const some = { 'keys-moved': exercises['keys-moved'], follow: exercises.follow }
  writeFileSync(path, JSON.stringify({ ...rest, exercises: some }))
  writeFileSync(join(lab, 'follow.js'), 'export {}\n')
  const { stdout, code } = await cachelab(['check', '--all'], { cwd: lab })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^✓ keys-moved +10 of 10 points$/m)
  expect(stdout).toMatch(/^✗ follow +0 of 10 points, first: /m)
  const both = await cachelab(['check', 'follow', '--all'], { cwd: lab })
  expect([both.code, both.stderr]).toEqual([2, 'error: --all checks every exercise: leave out follow\n'])
})
