import { judgeRenamed, renamedSteps, renaming } from '../../src/grading/alike.js'
import { drawNames, many, oneOf } from '../../src/grading/draw.js'
import type { Check, Solution } from '../../src/grading/exercise.js'
import { judgeSteps, type Model, nothingShows, scenarioCheck, working } from '../../src/grading/scenario.js'
import { commandsFor, type Step, step } from '../../src/grading/scenario-commands.js'
import type { Random } from '../../src/random/random.js'
import { amongOthers, withSomebodyPopular } from './growing.js'
import { meant, QUESTIONS, rightAnswers, rightByLists, sameAsBefore } from './pairs.js'

const WORLDS = 2
/** One word each. They have common beginnings, or look like numbers, patterns or parts of keys. */
const NAMES = [
  'ann',
  'anna',
  'Ann',
  '10',
  '007',
  '7',
  'x*',
  '__proto__',
  'constructor',
  'following',
  'à',
  '😀',
]

function people(random: Random): string[] {
  return [...new Set([...drawNames(5, random), ...many(2, () => oneOf(NAMES, random))])]
}

const pairsOf = (names: readonly string[]) =>
  names.flatMap((a) => names.filter((b) => b !== a).map((b): [string, string] => [a, b]))
const everybody = (name: string, names: readonly string[]) => names.map((one) => step(name, one))
const everyPair = (name: string, names: readonly string[]) =>
  pairsOf(names).map((pair) => step(name, ...pair))

/** Different pairs: following somebody twice has a check of its own. */
function follows(names: readonly string[], share: number, random: Random): Step[] {
  return pairsOf(names)
    .filter(() => random.next() < share)
    .map(([a, b]) => step('follow', a, b))
}

/** Everybody follows the one behind, many follow ann, some follow each other, and the last nobody. */
const FIXED: readonly Step[] = [
  ...NAMES.slice(0, -2).map((name, i) => step('follow', name, NAMES[i + 1])),
  ...NAMES.slice(2, -1).map((name) => step('follow', name, 'ann')),
  ...NAMES.slice(2, 7)
    .map((name) => step('follow', 'anna', name))
    .slice(1),
  ...[step('follow', 'ann', '10'), step('follow', 'ann', 'following'), step('follow', 'à', 'following')],
]
const SOME = ['ann', 'anna', 'Ann', '7', 'à', '😀', 'nobody']

interface Questions extends Pick<Check, 'id' | 'title' | 'points'> {
  asked(names: readonly string[]): readonly Step[]
  readonly relies?: ReadonlySet<string>
  readonly model?: () => Model
  readonly next: string
}

/** A check whose questions are asked of an empty store, after one has followed another, and after many have. */
const check = ({ asked, relies, model = rightAnswers, ...facts }: Questions) =>
  scenarioCheck({
    ...facts,
    questions: QUESTIONS,
    createModel: model,
    ...(relies ? { relies } : {}),
    sequences: (random) => [
      distinct([...asked(SOME), step('follow', 'ann', 'anna'), ...asked(SOME), ...FIXED, ...asked(SOME)]),
      ...many(WORLDS, () => {
        const names = people(random)
        return [
          ...follows(names, 0.4, random),
          ...asked(names),
          ...follows(names, 0.2, random),
          ...asked(names),
        ]
      }).map(distinct),
    ],
  })

/** Without pairs that exist already. */
function distinct(steps: readonly Step[]): Step[] {
  const known = new Set<string>()
  return steps.filter((one) => {
    if (one.name !== 'follow') return true
    const pair = JSON.stringify(one.parameters)
    const isNew = !known.has(pair)
    known.add(pair)
    return isNew
  })
}

const all = (names: readonly string[]) => [
  ...everybody('following', names),
  ...everybody('followers', names),
  ...everyPair('isFollowing', names),
  ...everybody('followerCount', names),
]

/** A check that answers stay the same, for functions that work at all. */
const steady = (
  facts: Pick<Check, 'id' | 'title' | 'points'>,
  next: string,
  writes: (names: readonly string[], known: readonly Step[], random: Random) => readonly Step[],
) =>
  scenarioCheck({
    ...facts,
    next,
    questions: QUESTIONS,
    relies: QUESTIONS,
    createModel: sameAsBefore,
    sequences: (random) =>
      [['ann', 'anna', '10', 'x*'], people(random)].map((names, i) => {
        const known = i === 0 ? [step('follow', 'ann', 'anna')] : follows(names, 0.5, random)
        return [...all(names), ...known, ...all(names), ...writes(names, known, random), ...all(names)]
      }),
  })

const unfollowed = ({ parameters }: Step) => ({ name: 'unfollow', parameters })

/** Texts that split when they are put into a line unquoted. */
const RENAMED = new Map([
  ...([
    ['ann', 'ann marie'],
    ['anna', '"a"'],
    ['Ann', "it's"],
    ['7', 'tab\tand\nline'],
    ['à', 'back\\ slash'],
  ] as const),
])

async function anyNames(solution: Solution): Promise<void> {
  const next = 'A list of words takes every name as it is; in a line it would need quotes.'
  const rename = renaming(RENAMED)
  const sequence = [
    ...FIXED,
    ...all(SOME),
    step('common', 'ann', 'anna'),
    step('unfollow', 'ann', 'anna'),
    ...all(SOME),
  ]
  const odd = renamedSteps(sequence, rename)
  const commands = await commandsFor(solution, [sequence, sequence.map(odd)], QUESTIONS)
  const works = working([sequence], commands, QUESTIONS)
  const steps = sequence.filter(({ name }) => works.has(name))
  if (!steps.some(({ name }) => QUESTIONS.has(name))) throw nothingShows(next)
  const judge = judgeRenamed({ questions: QUESTIONS, read: meant }, rename, odd)
  judgeSteps(steps, commands, judge, next)
}

export const checks: readonly Check[] = [
  check({
    id: 'following',
    title: 'whom somebody follows',
    points: 1,
    asked: (names) => everybody('following', names),
    next: 'Each person needs a list of those that the person follows.',
  }),
  check({
    id: 'followers',
    title: 'who follows somebody',
    points: 1,
    asked: (names) => everybody('followers', names),
    next: 'Each follow stands in two lists: one of the person who follows, one of the person who is followed.',
  }),
  check({
    id: 'common',
    title: 'whom two people both follow',
    points: 1,
    asked: (names) => [...everybody('following', names), ...everyPair('common', names)],
    relies: new Set(['following']),
    model: rightByLists,
    next: 'Redis can intersect two sets itself.',
  }),
  check({
    id: 'is-following',
    title: 'does A follow B?',
    points: 1,
    asked: (names) => [...everybody('following', names), ...everyPair('isFollowing', names)],
    relies: new Set(['following']),
    model: rightByLists,
    next: 'There is a command that looks for one name without reading the whole list.',
  }),
  check({
    id: 'count',
    title: 'how many follow B?',
    points: 1,
    asked: (names) => [...everybody('followers', names), ...everybody('followerCount', names)],
    relies: new Set(['followers']),
    model: rightByLists,
    next: 'There is a command that counts without reading the whole list.',
  }),
  steady(
    { id: 'twice', title: 'following somebody twice changes nothing', points: 1 },
    'Which type holds each name once?',
    (_, known, random) => [...known.filter(() => random.next() < 0.5), known[0], known[0]],
  ),
  steady(
    { id: 'unfollow', title: 'no longer following', points: 1 },
    'Remove on both sides what follow added. Where there is nothing to remove, change nothing.',
    (names, known, random) => {
      const followed = new Set(known.map(({ parameters }) => JSON.stringify(parameters)))
      const others = everyPair('follow', names).filter(
        ({ parameters }) => !followed.has(JSON.stringify(parameters)),
      )
      const some = others.filter((_, i) => i < 3 || random.next() < 0.3)
      return [
        ...others.map(unfollowed),
        ...all(names),
        ...some,
        ...some.map(unfollowed),
        ...all(names),
        ...[...some, ...known].map(unfollowed),
        ...all(names),
        ...known,
      ]
    },
  ),
  { id: 'names', title: 'names of every kind', points: 1, run: anyNames },
  { id: 'cost', title: 'as quick among thousands as among few', points: 1, run: amongOthers },
  {
    id: 'popular',
    title: 'as quick about somebody with thousands of followers',
    points: 1,
    run: withSomebodyPopular,
  },
]
