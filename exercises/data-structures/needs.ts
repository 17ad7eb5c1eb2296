import { drawKey, drawNames, many, oneOf } from '../../src/grading/draw.js'
import { wrongList, wrongNumber, wrongText, wrongYes } from '../../src/grading/expectations.js'
import type { Model } from '../../src/grading/scenario.js'
import { type Step, step } from '../../src/grading/scenario-commands.js'
import { type Random, shuffle } from '../../src/random/random.js'

/** One of the five needs: its model and the calls that test it. */
export interface Need {
  readonly id: string
  readonly title: string
  readonly functions: readonly string[]
  createModel(): Model
  /** Calls that are tested with every seed. */
  readonly fixed: readonly Step[]
  drawn(random: Random): readonly Step[]
  readonly next: string
}

/** The functions whose answers are compared. */
export const QUESTIONS = new Set(['readField', 'best', 'place', 'recent', 'likes', 'hasLiked', 'receive'])

const KEPT = 10
/** Names that collide with others unless keys are kept apart; one word each. */
const ODD = ['x*', 'X*', '10', '007', '7', '1e3', '__proto__', 'constructor', 'роль', 'à', '😀']

/** A question to each of several. */
const each = (name: string, all: readonly string[], ...more: unknown[]): Step[] =>
  all.map((one) => step(name, one, ...more))

const session: Need = {
  id: 'session',
  title: 'a session whose fields change one at a time, quick however many they are',
  functions: ['saveSession', 'changeField', 'readField'],
  createModel() {
    const sessions = new Map<unknown, Map<string, string>>()
    /** A field of a session that was never saved: only the search for shorter sequences plays it. */
    const unsaved = new Set<unknown>()
    return ({ name, parameters: [id, second, value] }, reply) => {
      if (name === 'saveSession') sessions.set(id, new Map(Object.entries(second as Record<string, string>)))
      if (name === 'changeField') {
        if (!sessions.has(id)) unsaved.add(id)
        sessions.get(id)?.set(String(second), String(value))
      }
      if (name !== 'readField' || unsaved.has(id)) return undefined
      return wrongText(reply, sessions.get(id)?.get(String(second)) ?? null)
    }
  },
  // Without a separator, anna's "b" would be ann's "ab".
  fixed: [
    ...[step('readField', 'ann', 'name'), step('saveSession', 'ann', { name: 'Ann', ab: '1' })],
    ...[step('readField', 'ann', 'name'), step('saveSession', 'anna', { name: 'Anna', b: '2', 'a:b': '3' })],
    ...[step('saveSession', '10', Object.fromEntries([...ODD, 'name'].map((name, i) => [name, `v${i}`])))],
    ...['name', 'ab', 'b', 'a:b', 'never'].flatMap((field) =>
      each('readField', ['ann', 'anna', '10'], field),
    ),
    ...ODD.map((field) => step('readField', '10', field)),
    ...[step('changeField', 'ann', 'name', '0'), step('readField', 'ann', 'name')],
    ...[
      step('readField', 'ann', 'ab'),
      step('changeField', 'ann', 'name', 'ann'),
      step('readField', 'ann', 'name'),
    ],
    ...[
      step('changeField', 'anna', 'new', '{}'),
      step('readField', 'anna', 'new'),
      step('readField', 'anna', 'b'),
    ],
    ...[step('readField', 'ann', 'new'), step('readField', '10', 'new'), step('readField', 'nobody', 'name')],
    ...[
      step('changeField', '10', '7', 'seven'),
      step('readField', '10', '7'),
      step('readField', '10', '007'),
    ],
    ...[step('readField', 'Ann', 'name'), step('saveSession', 'Ann', { Name: 'ANN' })],
    ...['name', 'Name'].flatMap((field) => each('readField', ['ann', 'Ann'], field)),
  ],
  drawn(random) {
    const ids = drawNames(3, random)
    const fields = shuffle([...ODD], random).slice(0, 4)
    const value = () => oneOf(['John', '0', 'nil', 'имя', `${random.below(1e6)}`], random)
    return [
      ...ids.map((id) => step('saveSession', id, Object.fromEntries(fields.map((name) => [name, value()])))),
      ...many(8, () => step('changeField', oneOf(ids, random), oneOf([...fields, 'new'], random), value())),
      ...ids.flatMap((id) => [...fields, 'new', 'never'].map((name) => step('readField', id, name))),
    ]
  },
  next: 'Which structure has fields that can be read one by one?',
}

const leaderboard: Need = {
  id: 'leaderboard',
  title: 'a leaderboard',
  functions: ['addPoints', 'best', 'place'],
  createModel() {
    const points = new Map<string, number>()
    const order = () => [...points].sort((a, b) => b[1] - a[1]).map(([player]) => player)
    return ({ name, parameters: [first, more] }, reply) => {
      const player = String(first)
      if (name === 'addPoints') points.set(player, (points.get(player) ?? 0) + Number(more))
      // Equal points occur only in the search for shorter sequences.
      if (new Set(points.values()).size < points.size) return undefined
      if (name === 'best') return wrongList(reply, order().slice(0, Number(first)), true)
      return name === 'place' && points.has(player) ? wrongNumber(reply, order().indexOf(player)) : undefined
    }
  },
  // As texts, 9, 10 and 100 sort differently. Points go below 0 and back.
  fixed: [
    ...[step('best', 3), step('addPoints', 'ann', 9), step('best', 1), step('best', 3), step('place', 'ann')],
    ...[step('addPoints', 'bob', 100), step('addPoints', 'zoe', 10), step('best', 2), step('best', 3)],
    ...each('place', ['ann', 'bob', 'zoe']),
    ...[step('addPoints', 'bob', -300), step('addPoints', '10', -5), step('best', 100)],
    ...each('place', ['ann', 'bob', 'zoe', '10']),
    ...[step('addPoints', 'bob', 199), step('addPoints', 'ann', 2), step('best', 3), step('best', 4)],
    ...[
      step('addPoints', 'bob', 1_000_000),
      step('addPoints', '__proto__', 1),
      step('addPoints', '😀', -999_999),
    ],
    ...[step('best', 1), step('best', 5), step('best', 6), step('best', 7)],
    ...each('place', ['ann', 'bob', 'zoe', '10', '__proto__', '😀']),
    ...[step('addPoints', 'Ann', 5000), step('best', 7), ...each('place', ['ann', 'Ann'])],
  ],
  // Each player's points end differently, so no two players have the same.
  drawn(random) {
    const players = [...drawNames(5, random), oneOf(ODD, random)]
    const rounds = many(12, () => 1000 * (random.below(9) - 3))
    return [
      ...players.map((player, i) => step('addPoints', player, 1 + i)),
      ...rounds.map((points) => step('addPoints', oneOf(players, random), points)),
      ...[1, 3, 100].map((count) => step('best', count)),
      ...each('place', players),
    ]
  },
  next: 'Which structure keeps its members sorted by score? Check at which end the best players are.',
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
/** Not in the order of their names. */
const product = (i: number) => `product:${(i * 7) % 26}`

const recent: Need = {
  id: 'recent',
  title: 'the ten products viewed last',
  functions: ['view', 'recent'],
  createModel() {
    const views = new Map<unknown, string[]>()
    return ({ name, parameters: [user, one] }, reply) => {
      if (name === 'recent') return wrongList(reply, views.get(user) ?? [], true)
      views.set(user, [String(one), ...(views.get(user) ?? [])].slice(0, KEPT))
      return undefined
    }
  },
  fixed: [
    ...[step('recent', 'ann'), step('view', 'ann', product(0)), step('recent', 'ann')],
    ...[
      step('view', 'ann', product(1)),
      step('view', 'anna', product(3)),
      ...each('recent', ['ann', 'anna']),
    ],
    ...numbers(7).map((i) => step('view', 'ann', product(2 + i))),
    ...[step('recent', 'ann'), step('view', 'ann', product(9)), step('recent', 'ann')],
    ...[step('view', 'ann', product(10)), step('recent', 'ann')],
    ...ODD.map((odd) => step('view', 'anna', odd)),
    ...numbers(5).map((i) => step('view', 'ann', product(11 + i))),
    ...each('recent', ['ann', 'anna', 'nobody', 'Ann']),
    ...[step('view', 'Ann', product(0)), ...each('recent', ['ann', 'Ann'])],
  ],
  drawn(random) {
    const users = drawNames(2, random)
    const products = [...new Set(many(30, () => drawKey(random)))]
    return [
      ...products.map((one) => step('view', oneOf(users, random), one)),
      ...each('recent', [...users, 'nobody']),
      ...[step('view', users[0], 'another'), step('recent', users[0])],
    ]
  },
  next: 'After every view, put the newest product in front and keep only ten.',
}

const likes: Need = {
  id: 'likes',
  title: 'liked posts',
  functions: ['like', 'likes', 'hasLiked'],
  createModel() {
    const liked = new Map<unknown, Set<string>>()
    return ({ name, parameters: [user, post] }, reply) => {
      const posts = liked.get(user) ?? new Set()
      if (name === 'likes') return wrongList(reply, [...posts])
      if (name === 'hasLiked') return wrongYes(reply, posts.has(String(post)))
      liked.set(user, posts.add(String(post)))
      return undefined
    }
  },
  fixed: [
    ...[step('likes', 'ann'), step('hasLiked', 'ann', 'b'), step('like', 'ann', 'ab'), step('likes', 'ann')],
    ...each('hasLiked', ['ann', 'anna'], 'ab'),
    ...[step('hasLiked', 'anna', 'b'), step('hasLiked', 'ann', 'b'), step('like', 'ann', 'ab')],
    ...[
      step('likes', 'ann'),
      step('like', 'anna', 'c'),
      step('like', 'anna', 'ab'),
      ...each('likes', ['ann', 'anna']),
    ],
    ...ODD.filter((odd) => odd !== '7').map((odd) => step('like', 'ann', odd)),
    ...each('likes', ['ann', 'anna', 'nobody']),
    ...[...ODD, '1000', '1e+3'].flatMap((odd) => each('hasLiked', ['ann', 'anna'], odd)),
    ...each('hasLiked', ['ann', 'anna', 'nobody', 'Ann'], 'ab'),
    ...[step('like', 'Ann', 'AB'), ...each('likes', ['ann', 'Ann'])],
    ...['ab', 'AB'].flatMap((post) => each('hasLiked', ['ann', 'Ann'], post)),
  ],
  drawn(random) {
    const users = drawNames(3, random)
    const posts = [...many(5, () => drawKey(random)), oneOf(ODD, random)]
    return [
      ...many(25, () => step('like', oneOf(users, random), oneOf(posts, random))),
      ...each('likes', users),
      ...users.flatMap((user) => posts.map((post) => step('hasLiked', user, post))),
    ]
  },
  next: 'Which structure holds each member once?',
}

const chat: Need = {
  id: 'chat',
  title: 'a message queue',
  functions: ['send', 'receive'],
  createModel() {
    const rooms = new Map<unknown, string[]>()
    return ({ name, parameters: [room, message] }, reply) => {
      const waiting = rooms.get(room) ?? []
      if (name === 'receive') return wrongText(reply, waiting.shift() ?? null, true)
      rooms.set(room, [...waiting, String(message)])
      return undefined
    }
  },
  fixed: [
    ...[step('receive', 'lobby'), step('send', 'lobby', 'hello'), step('send', 'lobby', 'again')],
    ...[step('send', 'lobby', 'hello'), step('send', 'lobby', 'hello'), step('send', 'lobby2', 'anybody')],
    ...many(3, () => step('receive', 'lobby')),
    ...[...ODD, 'nil', '0'].map((odd) => step('send', 'lobby', odd)),
    ...many(15, () => step('receive', 'lobby')),
    ...[step('receive', 'lobby2'), step('receive', 'lobby2'), step('receive', 'nowhere')],
    ...[step('send', 'lobby', 'hello'), step('receive', 'lobby'), step('receive', 'lobby')],
    ...[step('send', 'Lobby', 'Hello'), ...each('receive', ['lobby', 'Lobby'])],
  ],
  drawn(random) {
    const rooms = drawNames(2, random)
    const message = () => oneOf(['hello', 'hello', 'how-are-you?', 'да', ...ODD], random)
    return [
      ...many(12, () => step('send', oneOf(rooms, random), message())),
      ...many(6, () => step('receive', oneOf(rooms, random))),
      ...many(12, () => step('send', oneOf(rooms, random), message())),
      ...rooms.flatMap((room) => many(16, () => step('receive', room))),
    ]
  },
  next: 'Messages go in at one end and come out at the other. Two messages can be equal.',
}

export const needs: readonly Need[] = [session, leaderboard, recent, likes, chat]
