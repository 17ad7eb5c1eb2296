import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Check } from '../../../src/grading/exercise.js'
import { isComparable, longestRun, similarPairs } from '../../../src/grading/similarity/pairs.js'
import {
  givenGrams,
  ownFingerprints,
  type Solution,
  sourceFrom,
} from '../../../src/grading/similarity/solution.js'
import { tokensOf } from '../../../src/grading/similarity/tokens.js'
import { createRandom } from '../../../src/random/random.js'
import { temporaryFolder } from '../../cli/lab.js'
import { isThorough } from '../../layer.js'
import { inProcess } from '../in-process.js'
import { bankOf } from '../wrong-ones.js'
import { disguised, disguises } from './disguise.js'

const words = (file: string, source: string) =>
  tokensOf(file, source)!
    .map(({ word }) => word)
    .join(' ')

describe('tokens', () => {
  test.each([
    [
      'a.ts',
      'export function f<T>(a: T, readonly?: T[]): a is T { return a!.b as T; }',
      'function name ( name , name ) return name . name',
    ],
    ['a.js', 'while (x == 1) { y.push(`a,b`,) }', 'for ( name === literal ) name . name ( literal )'],
    ['a.js', 'let f = (x) => /a/g // more', 'const name = name => literal'],
    ['a.js', "redis.call('Zadd', 'board')", 'name . name ( zadd , literal )'],
    [
      'a.py',
      'def f(x: dict[str, int] = 3, *y: int) -> int:\n  """What."""\n  return x[:2]',
      'def name ( name = literal , * name ) : return name [ : literal ]',
    ],
    [
      'a.py',
      "total: int = 0  # none\nz = [\n  rb\"a\",\n  f'''b\n''',\n]",
      'name = literal name = [ literal , literal ]',
    ],
    [
      'a.py',
      'while x != .5e-3 and not y:\\\n pass; x //= 2',
      'for name !== literal and not name : pass name //= literal',
    ],
  ])('%s: %s', (file, source, expected) => expect(words(file, source)).toBe(expected))

  test('lines', () => {
    const source = '"""One\ntwo"""\n\nx = (\n  1)\n'
    expect(tokensOf('a.py', source)!.map(({ line }) => line)).toEqual([4, 4, 4, 5, 5])
    expect(tokensOf('a.ts', 'type A = 1\n\nlet a = `\n`\nf()')!.map(({ line }) => line)).toEqual([
      3, 3, 3, 3, 5, 5, 5,
    ])
  })

  test('what has no tokens', () => {
    expect(tokensOf('a.rs', 'fn main() {}')).toBeUndefined()
    expect(tokensOf('a.js', 'let let let (')).toBeUndefined()
  })
})

const solution = (exercise: string, submission: string, text: string): Solution => {
  const sources = [sourceFrom(submission, text)!]
  return { submission, exercise, sources, own: ownFingerprints(sources, given(exercise)) }
}
const known = new Map<string, Set<string>>()
function given(exercise: string): Set<string> {
  if (!known.has(exercise)) known.set(exercise, givenGrams(exercise))
  return known.get(exercise)!
}

/** What is whole in the bank: the others are a few lines that change one of these. */
const bank = readdirSync(bankOf('')).flatMap((exercise) =>
  ['right', 'wrong'].flatMap((kind) =>
    readdirSync(join(bankOf(exercise), kind)).map((file) => ({
      exercise,
      file: `${kind}/${file}`,
      text: readFileSync(join(bankOf(exercise), kind, file), 'utf8'),
    })),
  ),
)
const whole = bank.filter(({ text }) => !/(from|import) ['"]\.|^from right/m.test(text))
const right = whole.filter(({ file }) => file.startsWith('right/'))
const enough = right.filter(({ exercise, file, text }) => isComparable(solution(exercise, file, text)))

/** The figures of docs/grading.md: every copy reaches the first, no pair that nobody copied the second. */
const LEAST_OF_COPIES = { one: 0.56, all: 0.36 }
const MOST_OF_OTHERS = 0.26

describe('the bank', () => {
  test.each([...disguises.map((one) => [one]), [...disguises]].map((how) => ({ how })))(
    'copies in disguise are found: $how',
    ({ how }) => {
      const copies = disguised(enough, ...how)
      const changed = enough
        .map((one, i) => ({ ...one, copy: copies[i] }))
        .filter(({ copy, text }) => copy !== text)
      expect(changed.length).toBeGreaterThanOrEqual(38)
      const least = how.length > 1 ? LEAST_OF_COPIES.all : LEAST_OF_COPIES.one
      const missed = changed.filter(
        ({ exercise, file, text, copy }) =>
          similarPairs([solution(exercise, file, text), solution(exercise, file, copy)], least).length === 0,
      )
      expect(missed.map(({ exercise, file }) => `${exercise}/${file}`)).toEqual([])
    },
  )

  test('solutions are not alike that were not made of one another', () => {
    const found = [...new Set(whole.map(({ exercise }) => exercise))].flatMap((exercise) =>
      similarPairs(
        whole
          .filter((one) => one.exercise === exercise)
          .map(({ file, text }) => solution(exercise, file, text)),
        MOST_OF_OTHERS,
      ),
    )
    // In these the same code has another mistake.
    expect(
      found.map(({ solutions: [a, b] }) => `${a.exercise}: ${a.submission} ${b.submission}`).sort(),
    ).toEqual([
      'eviction: wrong/counter_kept.py wrong/popitem_pair.py',
      'eviction: wrong/counter_kept.py wrong/seed_in_each_call.py',
      'eviction: wrong/popitem_pair.py wrong/seed_in_each_call.py',
      'slabs: right/loops.py wrong/floats.py',
      'slots: right/by-hand.py wrong/kermit.py',
    ])
  })

  test('the longest common run is where the copies have it', () => {
    const [pair] = similarPairs([
      solution('hash-ring', 'ada.js', `const x = 1\n${textOf('hash-ring/right/plain.js')}`),
      solution('hash-ring', 'bob.js', `// mine\n\n${textOf('hash-ring/right/plain.js')}\nadded()`),
    ])
    const run = longestRun(pair)
    expect(pair.share).toBeGreaterThan(0.95)
    // A brace is no token, and so the last line isn't in it.
    const places = run.places.map(({ source, at }) => [
      source.tokens[at].line,
      source.tokens[at + run.length - 1].line,
    ])
    expect(places).toEqual([
      [2, 58],
      [3, 59],
    ])
  })
})

const textOf = (path: string) => bank.find(({ exercise, file }) => `${exercise}/${file}` === path)!.text

// Copies must do what the originals do, or nobody would hand them in.
describe.runIf(isThorough)('disguises keep solutions right', () => {
  const run = enough.filter(({ file }) => !file.endsWith('.py'))
  const copies = disguised(run, ...disguises)
  test.each(run.map((one, i) => ({ ...one, copy: copies[i] })))(
    '$exercise, $file',
    async ({ exercise, file, copy }) => {
      const path = join(temporaryFolder(), basename(file))
      writeFileSync(path, copy)
      const { checks } = (await import(`../../../exercises/${exercise}/checks.ts`)) as {
        checks: readonly Check[]
      }
      for (const check of checks) await check.run(await inProcess(path), createRandom('seed', check.id))
    },
  )
})
