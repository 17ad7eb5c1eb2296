import { checkCases, wrongNumber } from '../../src/grading/cases.js'
import { drawKeys, many } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import type { Random } from '../../src/random/random.js'
import { leastMoved, moduloMoved } from '../../src/stats/ring-theory.js'

type Servers = readonly [before: number, after: number]

/** Fewer servers on either side, the fewest first, but never none. */
function fewer([before, after]: Servers): Servers[] {
  const smaller = [1, 2, 3, 4, 5, before - 1].flatMap((first) =>
    [1, 2, 3, 4, 5, 6, after - 1].map((second): Servers => [first, second]),
  )
  return smaller
    .filter(([first, second]) => first >= 1 && second >= 1 && first <= before && second <= after)
    .filter(([first, second]) => first + second < before + after)
    .sort((a, b) => a[0] + a[1] - b[0] - b[1])
}

function servers(random: Random): Servers {
  return [1 + random.below(60), 1 + random.below(60)]
}

function shareCheck(name: string, expected: (before: number, after: number) => number, next: string) {
  return {
    name,
    parameters: (input: Servers) => input,
    words: ([before, after]: Servers) => `${name}(${before}, ${after})`,
    wrong: ([before, after]: Servers, value: unknown) => wrongNumber(value, expected(before, after)),
    smaller: fewer,
    next,
  }
}

const modulo = (next: string) => shareCheck('movedByModulo', moduloMoved, next)

interface Counted {
  readonly keys: readonly string[]
  readonly servers: Servers
}

function drawCounted(random: Random): Counted {
  return { keys: drawKeys(1 + random.below(200), random), servers: servers(random) }
}

function serverOf(key: string, count: number): number {
  return hashText(hashFunctions.md5.hash, key) % count
}

function movedOf({ keys, servers: [before, after] }: Counted): number {
  return keys.filter((key) => serverOf(key, before) !== serverOf(key, after)).length
}

const oneMore = (before: number): Servers => [before, before + 1]

/** What the lesson names. */
const lesson: readonly Servers[] = [oneMore(4), oneMore(100)]

export const checks: readonly Check[] = [
  {
    id: 'one-more',
    title: 'modulo, one server more',
    points: 3,
    run: (solution, random) =>
      checkCases(solution, [...lesson, ...many(20, () => oneMore(1 + random.below(500)))], {
        ...modulo('Count for which remainders hash mod N and hash mod N + 1 agree.'),
        smaller: ([before]) => [1, 2, 3, before - 1].filter((n) => n > 0 && n < before).map(oneMore),
      }),
  },
  {
    id: 'any-number',
    title: 'modulo, any two numbers of servers',
    points: 3,
    run: (solution, random) =>
      checkCases(
        solution,
        [...lesson, [4, 6], [6, 4], [5, 5], ...many(60, () => servers(random))],
        modulo(
          'N/(N + 1) is the case of one server more. In general two remainders agree min(N, M) times in every lcm(N, M) numbers.',
        ),
      ),
  },
  {
    id: 'ring',
    title: 'the ring',
    points: 2,
    run: (solution, random) =>
      checkCases(
        solution,
        [...lesson, [5, 4], [3, 3], ...many(60, () => servers(random))],
        shareCheck(
          'movedByRing',
          leastMoved,
          'Only the parts of the servers that come or go change hands: which share of the ring is that?',
        ),
      ),
  },
  {
    id: 'counted',
    title: 'counted on real keys',
    points: 2,
    run: (solution, random) =>
      checkCases(
        solution,
        many(30, () => drawCounted(random)),
        {
          name: 'countMoved',
          parameters: ({ keys, servers: [before, after] }) => [keys, before, after],
          words: ({ keys, servers: [before, after] }) =>
            `${keys.map((key) => `${key} (hash ${hashText(hashFunctions.md5.hash, key)})`).join(', ')}; servers ${before}, then ${after}`,
          wrong: (input, value) => wrongNumber(value, movedOf(input)),
          smaller: ({ keys, servers }) => [
            ...keys.map((key) => ({ keys: [key], servers })).filter(() => keys.length > 1),
            ...fewer(servers).map((fewerServers) => ({ keys, servers: fewerServers })),
          ],
          next: 'The hash is the last 8 hex digits of the MD5 of the key’s UTF-8 bytes; a key moves if its remainders differ.',
        },
      ),
  },
]
