import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceOf } from '../../src/grading/course.js'
import { cachelab } from './in-process.js'
import { solvedLab } from './lab.js'
import { cachelab as started } from './run.js'
import { Session } from './session.js'

const states = async (lab: string): Promise<Record<string, string>> => {
  const { stdout } = await cachelab(['exercises', '--lab', lab, '--format', 'json'])
  const [{ rows }] = JSON.parse(stdout).tables
  return Object.fromEntries(rows.map(({ exercise, state }: Record<string, string>) => [exercise, state]))
}

test('programs that note their results in a lab at once lose nothing of each other’s', async () => {
  const lab = solvedLab()
  const checked = ['keys-moved', 'follow', 'sentinel-or-cluster']
  const hinted = ['hash-ring', 'eviction']
  const results = await Promise.all([
    ...checked.map((slug) => started(['check', slug, '--lab', lab])),
    ...hinted.map((slug) => started(['hint', slug, '--lab', lab])),
  ])
  expect(results.map(({ code }) => code)).toEqual(results.map(() => 0))
  const now = await states(lab)
  expect(checked.map((slug) => now[slug])).toEqual(checked.map(() => 'done'))
  for (const slug of hinted) {
    const { stdout } = await cachelab(['hint', slug, '--again', '--lab', lab])
    expect(stdout).toMatch(/^1\/\d /)
  }
})

test('hints that are asked for at once are different ones', async () => {
  const lab = solvedLab()
  const ask = () => started(['hint', 'hash-ring', '--lab', lab])
  const hints = await Promise.all([ask(), ask(), ask()])
  expect(hints.map(({ stdout }) => stdout.slice(0, 2)).sort()).toEqual(['1/', '2/', '3/'])
})

test('grade counts as done what passes, and a change of its file since is said', async () => {
  const lab = solvedLab()
  await cachelab(['grade', lab, '--exercise', 'keys-moved,follow'])
  expect(await states(lab)).toMatchObject({
    'keys-moved': 'done',
    follow: 'done',
    eviction: 'begun',
  })
  writeFileSync(join(lab, 'follow.js'), `${sourceOf('follow', 'solution', 'js')}\n`)
  expect((await states(lab)).follow).toBe('done, changed since')
})

test('watch sees what check finds in another terminal', async () => {
  const lab = solvedLab()
  writeFileSync(join(lab, 'eviction.js'), sourceOf('eviction', 'starter', 'js'))
  const session = new Session(lab, ['watch', 'eviction'])
  await session.see('q quit')
  await started(['check', 'follow', '--lab', lab])
  session.press('l')
  await session.see('→ eviction: not checked yet')
  await session.see('follow: done')
  session.press('q')
  expect(await session.ended).toBe(0)
})
