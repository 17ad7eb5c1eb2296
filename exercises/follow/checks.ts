import { drawNames, many, oneOf } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import {
  checkGrowth,
  isList,
  isNumber,
  isYes,
  type Model,
  type Step,
  scenarioCheck,
  step,
} from '../../src/grading/scenario.js'
import type { Random } from '../../src/random/random.js'

/** Who follows whom, as plain pairs. */
function createModel(): Model {
  const pairs = new Map<string, readonly [string, string]>()
  const all = () => [...pairs.values()]
  const followed = (a: unknown) => all().flatMap(([who, whom]) => (who === a ? [whom] : []))
  const following = (b: unknown) => all().flatMap(([who, whom]) => (whom === b ? [who] : []))
  return ({ name, parameters }) => {
    const [a, b] = parameters as [string, string]
    const key = JSON.stringify([a, b])
    if (name === 'follow') pairs.set(key, [a, b])
    if (name === 'unfollow') pairs.delete(key)
    if (name === 'following') return isList(followed(a))
    if (name === 'followers') return isList(following(a))
    if (name === 'common') return isList(followed(a).filter((whom) => pairs.has(JSON.stringify([b, whom]))))
    if (name === 'isFollowing') return isYes(pairs.has(key))
    if (name === 'followerCount') return isNumber(following(a).length)
    return undefined
  }
}

/** Names that can be taken for part of a key, for a pattern or for several words. */
function people(random: Random): string[] {
  const odd = ['b:c', 'x*', '"quoted"', '10', 'следит', 'followers', 'é']
  return ['ann marie', ...drawNames(5, random), ...many(2, () => oneOf(odd, random))].filter(
    (name, i, names) => names.indexOf(name) === i,
  )
}

function writes(names: readonly string[], count: number, random: Random, unfollows = 0): Step[] {
  return many(count, () => {
    const [a, b] = [oneOf(names, random), oneOf(names, random)]
    return step(random.next() < unfollows ? 'unfollow' : 'follow', a, a === b ? oneOf(names, random) : b)
  }).filter(({ parameters: [a, b] }) => a !== b)
}

const everybody = (name: string, names: readonly string[]) => names.map((one) => step(name, one))
const everyPair = (name: string, names: readonly string[]) =>
  names.flatMap((a) => names.filter((b) => b !== a).map((b) => step(name, a, b)))

/** A check whose questions follow on random writes. */
const check = (
  facts: Pick<Check, 'id' | 'title' | 'points'>,
  next: string,
  steps: (names: readonly string[], random: Random) => readonly Step[],
) => scenarioCheck(facts, (random) => steps(people(random), random), createModel, next)

export const checks: readonly Check[] = [
  check(
    { id: 'lists', title: 'whom somebody follows, and who follows somebody', points: 3 },
    'Whoever follows is in two lists: one of each of the two people.',
    (names, random) => [
      ...writes(names, 24, random),
      ...everybody('following', names),
      ...everybody('followers', names),
      step('followers', 'nobody'),
    ],
  ),
  check(
    { id: 'common', title: 'whom two people follow both', points: 2 },
    'Redis can intersect two sets itself.',
    (names, random) => [...writes(names, 30, random), ...everyPair('common', names)],
  ),
  check(
    { id: 'unfollow', title: 'no longer following', points: 2 },
    'Take out on both sides what follow has put in.',
    (names, random) => [
      ...writes(names, 40, random, 0.4),
      ...everybody('following', names),
      ...everybody('followers', names),
      ...everyPair('isFollowing', names),
    ],
  ),
  check(
    { id: 'questions', title: 'does A follow B, and how many follow B?', points: 1 },
    'Both have a command that needs no list: to follow somebody twice counts once.',
    (names, random) => {
      const some = writes(names, 15, random)
      return [...some, ...some, ...everyPair('isFollowing', names), ...everybody('followerCount', names)]
    },
  ),
  {
    id: 'cost',
    title: 'as quick among thousands as among few',
    points: 2,
    run: (solution, random) => {
      const [a, b, c] = drawNames(3, random)
      const others = (size: number) =>
        many(size, () => step('follow', `p${random.below(size)}`, `q${random.below(size)}`))
      return checkGrowth(
        solution,
        {
          items: 'others who follow each other',
          sizes: [50, 1500],
          build: (size) => [
            ...others(size),
            step('follow', a, b),
            step('follow', c, b),
            step('follow', a, c),
          ],
          asked: [
            ...[step('following', a), step('followers', b), step('common', a, c), step('isFollowing', a, b)],
            ...[step('followerCount', b), step('follow', b, a), step('unfollow', b, a)],
          ],
        },
        'Give each person keys of their own, and ask only those. KEYS, SCAN and one key for all look at everything.',
      )
    },
  },
]
