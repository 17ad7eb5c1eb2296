import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conversation } from '../../src/grading/conversation.js'
import type { Check, Failure, Solution } from '../../src/grading/exercise.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import { Sandbox } from '../../src/grading/sandbox.js'
import { createRandom } from '../../src/random/random.js'
import { root } from '../cli/run.js'
import { inProcess } from './in-process.js'

const SEEDS = Array.from({ length: 50 }, (_, i) => `seed ${i}`)
const bank = join(root, 'test/grading/bank')
const folder = mkdtempSync(join(tmpdir(), 'bank-'))
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

async function oneByOne<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = []
  for (const item of items) results.push(await work(item))
  return results
}

/** Judges the bank of an exercise: what is right gets all points on every seed, what is wrong fails on every seed. */
export function judgeBank(slug: string): void {
  let checks: readonly Check[]

  beforeAll(async () => {
    checks = ((await import(`../../exercises/${slug}/checks.ts`)) as { checks: readonly Check[] }).checks
    writeFileSync(join(folder, 'host.py'), readFileSync(join(root, 'src/grading/templates/host.py')))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

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
      for (const check of checks) {
        // A process answers one after the other; here all can wait at once.
        const verdicts = python
          ? await oneByOne(SEEDS, (seed) => verdict(check, slug, solution, seed))
          : await Promise.all(SEEDS.map((seed) => verdict(check, slug, solution, seed)))
        expect([check.id, ...verdicts.filter((one) => one !== undefined)]).toEqual([check.id])
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
      const check = checks.find((one) => one.id === id)!
      const solution = await inProcess(path)
      const verdicts = await Promise.all(SEEDS.map((seed) => verdict(check, slug, solution, seed)))
      expect(verdicts.filter((one) => one === undefined)).toEqual([])
    },
    120_000,
  )
}
