import { type CaseCheck, checkCases } from '../../src/grading/cases.js'
import type { Check, Solution } from '../../src/grading/exercise.js'
import { type Choice, changes, moving, rollingOut, rollings } from './changes.js'
import {
  clockwise,
  clockwiseRings,
  locating,
  onPointRings,
  onPoints,
  weighing,
  weighingRings,
  wrapping,
  wrappingRings,
} from './locating.js'
import { minima } from './minima.js'
import { minimising } from './minimum.js'
import { asking, isPlaced } from './own.js'
import { behindLast, inside, numbered } from './rings.js'

/** Cases that count only if others are answered rightly: a mistake that fails both costs points in another check. */
async function checkFurther<T>(
  solution: Solution,
  others: readonly T[],
  cases: readonly T[],
  check: CaseCheck<T>,
): Promise<void> {
  const once = { ...check, smaller: () => [] }
  try {
    await checkCases(solution, others, once)
  } catch (error) {
    if ((error as Error).name === 'Failure') return
    throw error
  }
  await checkCases(solution, cases, check)
}

/** Cases without the empty key if `locate` ignores it: that mistake costs points in its own check. */
async function withoutUnknown<T extends { readonly keys: readonly string[] }>(
  solution: Solution,
  cases: readonly T[],
): Promise<readonly T[]> {
  const ring = { nodes: numbered(2), vnodes: 10, keys: ['', 'user:1', ''] }
  const { name, parameters } = asking(ring)
  const [outcome] = await solution.call(name, [parameters])
  const isKnown = 'value' in outcome && isPlaced(outcome.value, ring)
  return isKnown ? cases : cases.map((one) => ({ ...one, keys: one.keys.filter((key) => key !== '') }))
}

/** With some keys behind the last virtual node. */
const withBehind: Choice = (keys, rings) => [...inside(keys, rings).slice(0, 8), ...behindLast(keys, rings)]

/** What is asked in the other functions about keys behind the last virtual node: of small rings, which have many. */
async function checkWrappingElsewhere(solution: Solution): Promise<void> {
  const small = <T extends { nodes: readonly unknown[]; keys: readonly string[] }>(cases: readonly T[]) =>
    withoutUnknown(
      solution,
      cases.filter(({ nodes }) => nodes.length < 5),
    )
  await checkFurther(solution, await small(changes(inside)), await small(changes(withBehind)), moving)
  await checkFurther(solution, await small(rollings(inside)), await small(rollings(withBehind)), rollingOut)
}

export const checks: readonly Check[] = [
  {
    id: 'locate',
    title: 'every key on the next virtual node clockwise',
    points: 4,
    run: (solution, random) => checkCases(solution, clockwiseRings(random), locating(clockwise)),
  },
  {
    id: 'wrap',
    title: 'after the last virtual node comes the first',
    points: 2,
    async run(solution, random) {
      await checkCases(solution, wrappingRings(random), locating(wrapping))
      const { within, last } = onPointRings(random)
      await checkFurther(solution, within, last, locating(onPoints))
      await checkWrappingElsewhere(solution)
    },
  },
  {
    id: 'boundary',
    title: 'a key exactly on a virtual node',
    points: 2,
    run: (solution, random) => checkCases(solution, onPointRings(random).within, locating(onPoints)),
  },
  {
    id: 'weights',
    title: 'virtual nodes by weight',
    points: 3,
    run: (solution, random) => checkCases(solution, weighingRings(random), locating(weighing)),
  },
  {
    id: 'moved',
    title: 'which keys move when nodes come and go',
    points: 3,
    run: async (solution, random) =>
      checkCases(solution, await withoutUnknown(solution, changes(inside, random)), moving),
  },
  {
    id: 'rolling',
    title: 'a rolling deployment, added up',
    points: 3,
    run: async (solution, random) =>
      checkCases(solution, await withoutUnknown(solution, rollings(inside, random)), rollingOut),
  },
  {
    id: 'minimum',
    title: 'the smallest number of virtual nodes that is enough',
    points: 3,
    run: async (solution, random) =>
      checkCases(solution, await withoutUnknown(solution, minima(random)), minimising),
  },
]
