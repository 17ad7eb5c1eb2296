import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conversation } from '../../src/grading/conversation.js'
import type { Check, Failure, Solution } from '../../src/grading/exercise.js'
import { bestIsolation } from '../../src/grading/isolation/index.js'
import { openLab } from '../../src/grading/lab.js'
import { languageNames } from '../../src/grading/languages.js'
import { gradeLimits } from '../../src/grading/process.js'
import { Sandbox } from '../../src/grading/sandbox.js'
import { createRandom } from '../../src/random/random.js'
import { root } from '../cli/run.js'
import { byLayer } from '../layer.js'
import { inProcess } from './in-process.js'
import { bankOf, type Wrong, wrongOnes } from './wrong-ones.js'

/** BANK_SEEDS in the environment is for a more thorough look. */
const SEEDS = Array.from({ length: Number(process.env.BANK_SEEDS) || 1 }, (_, i) => `seed ${i}`)
let folder: string
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
  const sandbox = new Sandbox(lab, bestIsolation())
  return new Conversation(sandbox, lab.entries.get(slug)!, { ...gradeLimits, time: 300_000, output: 2 ** 31 })
}

/**
 * Judges the bank of an exercise: what is right gets all points on every seed, what is wrong fails the checks that it
 * names and no others, on every seed too; the quick layer leaves Python to
 * course.test.ts and tries one for each check. With BANK_TABLE=FILE in the environment the scores are added to that file.
 */
export function judgeBank(slug: string): void {
  let checks: readonly Check[]

  beforeAll(async () => {
    checks = ((await import(`../../exercises/${slug}/checks.ts`)) as { checks: readonly Check[] }).checks
    folder = mkdtempSync(join(tmpdir(), 'bank-'))
    writeFileSync(join(folder, 'host.py'), readFileSync(join(root, 'src/grading/templates/host.py')))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  const files = (kind: string) => readdirSync(join(bankOf(slug), kind)).sort()
  const right = files('right')
  const wrong = wrongOnes(slug)

  test('there is a right one in every language, and a wrong one for every check', () => {
    expect(new Set(right.map((file) => file.split('.').at(-1)))).toEqual(new Set(languageNames))
    const failed = new Set(wrong.flatMap(({ fails }) => fails.split(', ')))
    expect([...failed].sort()).toEqual(checks.map(({ id }) => id).sort())
  })

  /** The checks that a solution fails on some seed, and those that it fails on every one. */
  async function failing(path: string): Promise<{ some: string[]; every: string[]; verdicts: string[] }> {
    const [some, every, verdicts]: [string[], string[], string[]] = [[], [], []]
    const python = path.endsWith('.py') ? conversation(slug, path) : undefined
    for (const check of checks) {
      const found: string[] = []
      for (const seed of SEEDS) {
        // As in a real run each check begins with a new process.
        const solution = python ?? (await inProcess(path))
        const why = await verdict(check, slug, solution, seed)
        if (why !== undefined) found.push(`${check.id}, ${seed}: ${why}`)
      }
      verdicts.push(...found)
      if (found.length > 0) some.push(check.id)
      if (found.length === SEEDS.length) every.push(check.id)
    }
    await python?.close()
    return { some, every, verdicts }
  }

  const worth = (failed: readonly string[]) =>
    checks.reduce((sum, { id, points }) => sum + (failed.includes(id) ? 0 : points), 0)
  const rows: string[] = []
  afterAll(() => {
    if (process.env.BANK_TABLE)
      appendFileSync(process.env.BANK_TABLE, rows.map((row) => `| ${slug} | ${row} |\n`).join(''))
  })

  test.each(byLayer(oneOfEach(right.filter(runsHere), extname).slice(0, 1), right))(
    '%s is right on all seeds',
    async (file) => {
      const { verdicts } = await failing(join(bankOf(slug), 'right', file))
      expect(verdicts).toEqual([])
      rows.push(`right/${file} | ${worth([])} of ${worth([])}`)
    },
    300_000,
  )

  test.each(byLayer(oneForEachCheck(wrong).slice(0, 3), wrong))(
    '$file fails the same checks on all seeds, those of its mistake',
    async ({ file, fails, isSlip }) => {
      const expected = fails.split(', ')
      const { some, every } = await failing(join(bankOf(slug), 'wrong', file))
      expect([...every].sort()).toEqual(expected)
      expect([...some].sort()).toEqual(expected)
      const share = worth(expected) / worth([])
      if (isSlip) {
        expect(share).toBeGreaterThanOrEqual(0.6)
        expect(share).toBeLessThanOrEqual(0.9)
      }
      rows.push(`wrong/${file} | ${worth(expected)} of ${worth([])}${isSlip ? ', a slip' : ''}`)
    },
    300_000,
  )
}

/** Whether a solution needs no process of its own. */
const runsHere = (file: string) => !file.endsWith('.py')

/** The first of those that have the same of something. */
export function oneOfEach<T>(all: readonly T[], what: (one: T) => string): T[] {
  const seen = new Set<string>()
  return all.filter((one) => !seen.has(what(one)) && seen.add(what(one)))
}

/** Wrong solutions of which each check fails one, as few others as possible with it. */
function oneForEachCheck(all: readonly Wrong[]): Wrong[] {
  const failed = new Set<string>()
  return all
    .filter(({ file }) => runsHere(file))
    .sort((a, b) => a.fails.split(', ').length - b.fails.split(', ').length)
    .filter(({ fails }) => fails.split(', ').filter((id) => !failed.has(id) && failed.add(id)).length > 0)
}
