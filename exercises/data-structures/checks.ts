import { judgeAlike, judgeRenamed, renamedSteps, renaming } from '../../src/grading/alike.js'
import { many } from '../../src/grading/draw.js'
import { type Check, Failure, type Solution } from '../../src/grading/exercise.js'
import { isYes, lastOf } from '../../src/grading/expectations.js'
import { checkGrowth } from '../../src/grading/growth.js'
import type { Answer } from '../../src/grading/redis-world.js'
import { judgeSteps, scenarioCheck, working } from '../../src/grading/scenario.js'
import { commandsFor, type Step, step } from '../../src/grading/scenario-commands.js'
import { GROWING } from './growing.js'
import { type Need, needs, QUESTIONS } from './needs.js'
import { keepsAll } from './thousand.js'

const WORLDS = 2

function answers(need: Need): Check {
  const { id, title, createModel, fixed, drawn, next } = need
  const check = scenarioCheck({
    id,
    title,
    points: 1,
    questions: QUESTIONS,
    createModel,
    next,
    sequences: (random) => [fixed, ...many(WORLDS, () => drawn(random))],
  })
  return {
    ...check,
    run: async (solution, random) => {
      await check.run(solution, random)
      await keepsAll(solution, need)
    },
  }
}

const QUICK =
  'Lists are fast only at their ends, and HGETALL, SMEMBERS and SORT read everything. Which structure answers without reading the rest?'

const cost = ({ id, title }: Need): Check => ({
  id: `${id}-cost`,
  title: `${title}: as quick with thousands as with few`,
  points: 1,
  run: (solution) => checkGrowth(solution, GROWING[id], QUICK),
})

/** Sessions usually have few fields, so the check of their answers also judges growth in fields. */
function withCost(check: Check): Check {
  return {
    ...check,
    run: async (solution, random) => {
      await check.run(solution, random)
      await checkGrowth(solution, GROWING[check.id], QUICK)
    },
  }
}

/** Sessions, players, users and rooms with equal names, and fields named like the needs. */
const IDS = ['ann', 'bob', 'leaderboard']
const TOGETHER: readonly Step[] = [
  ...IDS.flatMap((id, i) => [
    step('saveSession', id, { name: 'x', likes: 'y', recent: id }),
    ...[step('addPoints', id, 3 + i), step('view', id, 'tea'), step('view', id, id)],
    ...[step('like', id, 'tea'), step('like', id, 'milk'), step('send', id, 'tea'), step('send', id, 'x')],
  ]),
  ...IDS.flatMap((id) => [
    ...['name', 'likes', 'recent', 'new'].map((field) => step('readField', id, field)),
    ...[step('place', id), step('recent', id), step('likes', id), step('hasLiked', id, 'milk')],
    ...[step('hasLiked', id, id), step('receive', id)],
  ]),
  step('best', 9),
  ...IDS.flatMap((id, i) => [
    ...[step('changeField', id, 'likes', 'milk'), step('changeField', id, 'new', 'x')],
    ...[
      step('addPoints', id, 7 - 10 * i),
      step('view', id, 'milk'),
      step('like', id, id),
      step('send', id, 'milk'),
    ],
  ]),
  ...IDS.flatMap((id) => [
    ...['name', 'likes', 'recent', 'new'].map((field) => step('readField', id, field)),
    ...[step('place', id), step('recent', id), step('likes', id), step('hasLiked', id, 'tea')],
    ...many(3, () => step('receive', id)),
  ]),
  step('best', 9),
]

/** Texts that split when they are put into a line unquoted, and texts that differ only in a blank. */
const RENAMED = new Map([
  ...([
    ['ann', 'ann marie'],
    ['bob', 'ann marie '],
    ['leaderboard', '"b"'],
    ['name', "it's"],
    ['new', 'a "b" c'],
  ] as const),
  ...([
    ['tea', 'tea\tand\ncoffee'],
    ['milk', 'back\\slash '],
    ['y', 'two  words'],
  ] as const),
])
/** Only values and messages can be empty. */
const EMPTY = ['x', ''] as const

const needOf = ({ name }: Step) => needs.find(({ functions }) => functions.includes(name))

/** A normalised answer: a message without the key before it, and one form of yes. */
function meant({ name }: Step, reply: Answer): Answer {
  if (name === 'hasLiked') return isYes(reply) ? 'yes' : 'no'
  return name === 'receive' ? lastOf(reply) : reply
}

async function together(solution: Solution): Promise<void> {
  const next =
    'Begin each key with its purpose, and write commands with names as lists of words instead of lines.'
  const rename = renaming(new Map([...RENAMED, EMPTY]))
  const odd = renamedSteps(TOGETHER, rename)
  const commands = await commandsFor(solution, [TOGETHER, TOGETHER.map(odd)], QUESTIONS)
  const works = working(
    needs.map((need) => TOGETHER.filter((one) => needOf(one) === need)),
    commands,
    QUESTIONS,
  )
  const done = needs.filter(({ functions }) => functions.every((name) => works.has(name)))
  if (done.length < 2)
    throw new Failure(`${done.length === 0 ? 'none' : 'only one'} of the five needs is written so far`, next)
  const steps = TOGETHER.filter((one) => done.some((need) => need === needOf(one)))
  const inOneStore = judgeAlike({
    questions: QUESTIONS,
    expected: (some, run) => {
      const alone = new Map(
        done.flatMap((need) => {
          const own = some.filter((one) => needOf(one) === need)
          return [...run(own)].map((came, i) => [own[i], came] as const)
        }),
      )
      return some.map((one) => alone.get(one)!)
    },
    played: (one) => one,
    renamed: (reply) => reply,
    read: meant,
    because: 'without the functions of the other needs it answers',
  })
  const withOddTexts = judgeRenamed({ questions: QUESTIONS, read: meant }, rename, odd)
  judgeSteps(steps, commands, inOneStore, next)
  judgeSteps(steps, commands, withOddTexts, next)
}

const [session, ...others] = needs

export const checks: readonly Check[] = [
  withCost(answers(session)),
  ...others.map(answers),
  ...others.map(cost),
  {
    id: 'together',
    title: 'all needs in one store, with any names and texts',
    points: 1,
    run: together,
  },
]
