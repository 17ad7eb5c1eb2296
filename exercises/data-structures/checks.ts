import { drawKey, drawNames, many, oneOf } from '../../src/grading/draw.js'
import type { Check, Solution } from '../../src/grading/exercise.js'
import {
  checkGrowth,
  type Growing,
  isList,
  isNumber,
  isText,
  isYes,
  type Model,
  type Step,
  scenarioCheck,
  step,
} from '../../src/grading/scenario.js'
import { type Random, shuffle } from '../../src/random/random.js'

const KEPT = 10
const ODD = ['a b', 'x*', '"q"', '10', 'name', 'роль', 'é']

type Texts = Record<string, string>

function sessionModel(): Model {
  const sessions = new Map<unknown, Texts>()
  return ({ name, parameters: [id, second, value] }) => {
    if (name === 'saveSession') sessions.set(id, { ...(second as Texts) })
    if (name === 'changeField') sessions.set(id, { ...sessions.get(id), [String(second)]: String(value) })
    return name === 'readField' ? isText(sessions.get(id)?.[String(second)] ?? null) : undefined
  }
}

function boardModel(): Model {
  const points = new Map<string, number>()
  const order = () => [...points].sort((a, b) => b[1] - a[1]).map(([player]) => player)
  return ({ name, parameters: [first, more] }) => {
    if (name === 'addPoints') points.set(String(first), (points.get(String(first)) ?? 0) + Number(more))
    if (name === 'best') return isList(order().slice(0, Number(first)), true)
    return name === 'place' ? isNumber(order().indexOf(String(first))) : undefined
  }
}

function recentModel(): Model {
  const views = new Map<unknown, string[]>()
  return ({ name, parameters: [user, product] }) => {
    if (name === 'recent') return isList(views.get(user) ?? [], true)
    views.set(user, [String(product), ...(views.get(user) ?? [])].slice(0, KEPT))
    return undefined
  }
}

function likesModel(): Model {
  const liked = new Map<unknown, Set<string>>()
  return ({ name, parameters: [user, post] }) => {
    const posts = liked.get(user) ?? new Set()
    if (name === 'likes') return isList([...posts])
    if (name === 'hasLiked') return isYes(posts.has(String(post)))
    liked.set(user, posts.add(String(post)))
    return undefined
  }
}

function chatModel(): Model {
  const rooms = new Map<unknown, string[]>()
  return ({ name, parameters: [room, message] }) => {
    const waiting = rooms.get(room) ?? []
    if (name === 'receive') return isText(waiting.shift() ?? null)
    rooms.set(room, [...waiting, String(message)])
    return undefined
  }
}

function sessionSteps(random: Random): Step[] {
  const ids = drawNames(3, random)
  const fields = shuffle([...ODD], random).slice(0, 4)
  const value = () => oneOf(['', 'John', 'a b', '{"json": 1}', '0', 'имя'], random)
  return [
    ...ids.map((id) => step('saveSession', id, Object.fromEntries(fields.map((name) => [name, value()])))),
    ...many(8, () => step('changeField', oneOf(ids, random), oneOf([...fields, 'new'], random), value())),
    ...ids.flatMap((id) => [...fields, 'new', 'never'].map((name) => step('readField', id, name))),
  ]
}

/** Points with a different last part for each player, so that no two have the same. */
function boardSteps(random: Random): Step[] {
  const players = [...drawNames(5, random), oneOf(ODD, random)]
  const rounds = many(12, () => 1000 * (random.below(9) - 3))
  return [
    ...players.map((player, i) => step('addPoints', player, 1 + i)),
    ...rounds.map((points) => step('addPoints', oneOf(players, random), points)),
    ...[1, 3, 100].map((count) => step('best', count)),
    ...players.map((player) => step('place', player)),
  ]
}

function recentSteps(random: Random): Step[] {
  const users = drawNames(2, random)
  const products = shuffle(
    many(30, () => drawKey(random)).filter((key, i, keys) => keys.indexOf(key) === i),
    random,
  )
  return [
    ...products.map((product) => step('view', oneOf(users, random), product)),
    ...[...users, 'nobody'].map((user) => step('recent', user)),
    step('view', users[0], 'another one'),
    step('recent', users[0]),
  ]
}

function likesSteps(random: Random): Step[] {
  const users = drawNames(3, random)
  const posts = [...many(5, () => drawKey(random)), oneOf(ODD, random)]
  return [
    ...many(25, () => step('like', oneOf(users, random), oneOf(posts, random))),
    ...users.map((user) => step('likes', user)),
    ...users.flatMap((user) => posts.map((post) => step('hasLiked', user, post))),
  ]
}

function chatSteps(random: Random): Step[] {
  const rooms = drawNames(2, random)
  const message = () => oneOf(['hello', 'hello', 'how are you?', '{"from": "ann"}', 'да', ...ODD], random)
  return [
    ...many(20, () => {
      const room = oneOf(rooms, random)
      return random.next() < 0.65 ? step('send', room, message()) : step('receive', room)
    }),
    ...rooms.flatMap((room) => many(12, () => step('receive', room))),
  ]
}

const numbered = (count: number) => many(count, () => 0).map((_, i) => i)

const growing = (items: string, build: Growing['build'], asked: readonly Step[]): Growing => ({
  ...{ items, build, asked, sizes: [50, 1500] },
})

/** Each need, grown large. */
const GROWING: readonly Growing[] = [
  growing(
    'fields in a session',
    (size) => [step('saveSession', 'one', Object.fromEntries(numbered(size).map((i) => [`f${i}`, 'x'])))],
    [step('readField', 'one', 'f7'), step('changeField', 'one', 'f8', 'y')],
  ),
  growing(
    'players',
    (size) => numbered(size).map((i) => step('addPoints', `player ${i}`, (i * 7919) % 1501)),
    [...[step('best', 3), step('place', 'player 7'), step('addPoints', 'player 9', 5000)]],
  ),
  growing('views', (size) => numbered(size).map((i) => step('view', 'ann', `product ${i}`)), [
    ...[step('recent', 'ann'), step('view', 'ann', 'one more')],
  ]),
  growing('likes', (size) => numbered(size).map((i) => step('like', 'ann', `post ${i}`)), [
    ...[step('hasLiked', 'ann', 'post 20'), step('like', 'ann', 'post 30')],
  ]),
  growing('messages', (size) => numbered(size).map((i) => step('send', 'room', `message ${i}`)), [
    ...[step('receive', 'room'), step('send', 'room', 'one more')],
  ]),
]

async function staysQuick(solution: Solution): Promise<void> {
  for (const one of GROWING)
    await checkGrowth(
      solution,
      one,
      'Lists are quick at their ends only, and HGETALL, SMEMBERS and SORT read all. Which structure has what you ask for at hand?',
    )
}

export const checks: readonly Check[] = [
  scenarioCheck(
    { id: 'session', title: 'a session whose fields change one at a time', points: 2 },
    sessionSteps,
    sessionModel,
    'Which structure has fields? Reading one should not mean to read them all.',
  ),
  scenarioCheck(
    { id: 'leaderboard', title: 'a leaderboard', points: 2 },
    boardSteps,
    boardModel,
    'Which structure is always in the order of a score? Mind which end the best are at.',
  ),
  scenarioCheck(
    { id: 'recent', title: 'the ten products viewed last', points: 1 },
    recentSteps,
    recentModel,
    'The newest in front, and only ten kept: both after every view.',
  ),
  scenarioCheck(
    { id: 'likes', title: 'liked posts', points: 2 },
    likesSteps,
    likesModel,
    'Which structure has nothing twice?',
  ),
  scenarioCheck(
    { id: 'chat', title: 'a message queue', points: 1 },
    chatSteps,
    chatModel,
    'In at one end, out at the other; and two messages can be alike.',
  ),
  { id: 'cost', title: 'as quick with thousands as with few', points: 2, run: staysQuick },
]
