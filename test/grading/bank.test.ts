import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conversation } from '../../src/grading/conversation.js'
import { type Exercise, loadCourse, pointsOf, slugs } from '../../src/grading/course.js'
import type { Check, Failure, Solution } from '../../src/grading/exercise.js'
import { gradeLab } from '../../src/grading/grade.js'
import { openLab } from '../../src/grading/lab.js'
import { languageNames } from '../../src/grading/languages.js'
import { gradeLimits } from '../../src/grading/process.js'
import { Sandbox } from '../../src/grading/sandbox.js'
import { createRandom } from '../../src/random/random.js'
import { solvedLab, temporaryFolder } from '../cli/lab.js'
import { root } from '../cli/run.js'
import { inProcess } from './in-process.js'

const SEEDS = Array.from({ length: 50 }, (_, i) => `seed ${i}`)
const bank = join(root, 'test/grading/bank')
const folder = mkdtempSync(join(tmpdir(), 'bank-'))
const course = new Map<string, readonly Check[]>()

beforeAll(async () => {
  for (const slug of slugs()) {
    const { checks } = (await import(`../../exercises/${slug}/checks.ts`)) as { checks: readonly Check[] }
    course.set(slug, checks)
  }
  writeFileSync(join(folder, 'host.py'), readFileSync(join(root, 'src/grading/templates/host.py')))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What a check says about a solution; undefined if it passes. */
async function verdict(
  check: Check,
  slug: string,
  solution: Solution,
  seed: string,
): Promise<string | undefined> {
  try {
    await check.run(solution, createRandom(seed, `${slug}/${check.id}`))
    return undefined
  } catch (error) {
    if ((error as Error).name !== 'Failure') throw error
    const { message, next } = error as Failure
    return `${message} → ${next}`
  }
}

/** One process for a solution in another language, kept over all seeds. */
function conversation(slug: string, path: string): Conversation {
  const file = `${slug}.py`
  writeFileSync(join(folder, file), readFileSync(path))
  writeFileSync(
    join(folder, 'cachelab.json'),
    JSON.stringify({ exercises: { [slug]: { file, command: ['python3', 'host.py', file] } } }),
  )
  const lab = openLab(folder)
  const sandbox = new Sandbox(lab, lab.entries.get(slug)!)
  return new Conversation(sandbox, file, { ...gradeLimits, time: 300_000, output: 2 ** 31 })
}

describe.each(slugs())('%s', (slug) => {
  const files = (kind: string) => readdirSync(join(bank, slug, kind))

  test('there are enough', () => {
    expect(files('right').length).toBeGreaterThanOrEqual(3)
    expect(new Set(files('right').map((file) => file.split('.').at(-1))).size).toBe(3)
    expect(files('wrong').length).toBeGreaterThanOrEqual(12)
  })

  test.each(files('right'))(
    '%s is right on all seeds',
    async (file) => {
      const path = join(bank, slug, 'right', file)
      const python = file.endsWith('.py') ? conversation(slug, path) : undefined
      const solution = python ?? (await inProcess(path))
      for (const seed of SEEDS) {
        for (const check of course.get(slug)!) {
          expect([seed, check.id, await verdict(check, slug, solution, seed)]).toEqual([
            seed,
            check.id,
            undefined,
          ])
        }
      }
      await python?.close()
    },
    300_000,
  )

  test.each(files('wrong'))(
    '%s is wrong on all seeds, for its mistake',
    async (file) => {
      const path = join(bank, slug, 'wrong', file)
      const [, id] = /^\/\/ fails: ([\w-]+)\n/.exec(readFileSync(path, 'utf8'))!
      const check = course.get(slug)!.find((one) => one.id === id)!
      const solution = await inProcess(path)
      const verdicts = await Promise.all(SEEDS.map((seed) => verdict(check, slug, solution, seed)))
      expect(verdicts.filter((one) => one === undefined)).toEqual([])
    },
    120_000,
  )
})

describe('through the whole grader', () => {
  let exercises: Exercise[]
  beforeAll(async () => {
    exercises = await loadCourse()
  })

  test('points are whole numbers, and leave the two exercises to come their twenty', () => {
    expect(exercises.map((exercise) => [exercise.slug, pointsOf(exercise)])).toEqual([
      ['keys-moved', 10],
      ['sentinel-or-cluster', 10],
      ['hash-ring', 20],
      ['replication', 20],
      ['eviction', 20],
    ])
    for (const { hints, lesson, checks } of exercises) {
      expect(hints.length).toBeGreaterThanOrEqual(3)
      expect(lesson).not.toBe('')
      expect(checks.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
    }
  })

  test.each(languageNames)(
    'the reference solutions in %s get all points, the starters none',
    async (language) => {
      for (const [kind, score] of [
        ['solution', 80],
        ['starter', 0],
      ] as const) {
        const lab = solvedLab(temporaryFolder(), language, kind)
        const grade = await gradeLab(openLab(lab), exercises, { seed: 'a' })
        const unexpected = grade.exercises
          .flatMap(({ checks }) => checks)
          .filter(({ passed }) => passed !== score > 0)
        expect(unexpected).toEqual([])
        expect(grade.score).toBe(score)
        rmSync(lab, { recursive: true })
      }
    },
  )
})
