import { checkCases } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { leastMoved, moduloMoved } from '../../src/stats/ring-theory.js'
import { countedCases, counting } from './counting.js'
import { checkShares, exactly, type Servers } from './shares.js'

const oneMore = (before: number): Servers => [before, before + 1]
const isOneMore = ([before, after]: Servers) => after === before + 1

function servers(random: Random): Servers {
  return [1 + random.below(60), 1 + random.below(60)]
}

/** Growth and its reverse, with and without common divisors, nothing at all, and the ends of what may be asked for. */
const pairs: readonly Servers[] = [
  ...([2, 6, 7, 8, 10, 1000] as const).flatMap((count): Servers[] => [
    [4, count],
    [count, 4],
  ]),
  ...([1, 4, 5, 100] as const).map((count): Servers => [count, count]),
  [1000, 999],
  [1000, 1],
  [1, 1000],
  [5, 4],
  [12, 18],
  [64, 96],
  [7, 13],
  [1, 7],
]

export const checks: readonly Check[] = [
  {
    id: 'one-more',
    title: 'modulo, one server more',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        [...[1, 2, 3, 4, 10, 100, 999].map(oneMore), ...many(20, () => oneMore(1 + random.below(500)))],
        exactly({
          name: 'movedByModulo',
          expected: moduloMoved,
          isAbout: isOneMore,
          next: 'Count for which remainders hash mod N and hash mod N + 1 agree.',
        }),
      ),
  },
  {
    id: 'any-number',
    title: 'modulo, any two numbers of servers',
    points: 3,
    run: (solution, random) =>
      checkShares(
        solution,
        [...pairs, ...many(40, () => servers(random)).filter((drawn) => !isOneMore(drawn))],
        {
          name: 'movedByModulo',
          expected: moduloMoved,
          isAbout: (asked) => !isOneMore(asked),
          next: 'N/(N + 1) is the case of one server more. In general two remainders agree min(N, M) times in every lcm(N, M) numbers.',
        },
      ),
  },
  {
    id: 'ring',
    title: 'the ring',
    points: 2,
    run: (solution, random) =>
      checkShares(solution, [oneMore(4), oneMore(100), ...pairs, ...many(40, () => servers(random))], {
        name: 'movedByRing',
        expected: leastMoved,
        isAbout: () => true,
        next: 'Only keys of the servers that join or leave change their server: which share of the ring is that?',
      }),
  },
  {
    id: 'counted',
    title: 'counted on real keys',
    points: 2,
    run: (solution, random) =>
      checkCases(
        solution,
        countedCases(random, () => servers(random)),
        counting,
      ),
  },
]
