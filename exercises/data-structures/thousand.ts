import { shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import { runOf } from '../../src/grading/scenario.js'
import { commandsFor, type Step, step, words } from '../../src/grading/scenario-commands.js'
import { type Need, QUESTIONS } from './needs.js'

const MANY = 1050
/** A function that orders by the clock needs a pause before each of its calls. */
const FEWER = 110

interface Filling {
  readonly fill: (i: number) => Step
  /** The question that is asked when the store holds this many. */
  readonly asked: (count: number) => readonly Step[]
  readonly items: string
}

const FILLINGS: Readonly<Record<string, Filling>> = {
  session: {
    items: 'sessions',
    fill: (i) => step('saveSession', `session-${i}`, { name: `user-${i}` }),
    asked: () => [0, 1, 20].map((i) => step('readField', `session-${i}`, 'name')),
  },
  leaderboard: {
    items: 'players',
    fill: (i) => step('addPoints', `player-${i}`, 10 * ((i * 7) % 1201) + 1),
    asked: (count) => [
      ...[0, 1, 2, count - 1].map((i) => step('place', `player-${i}`)),
      ...[step('addPoints', 'player-0', 5), step('place', 'player-0'), step('addPoints', 'player-0', 20_000)],
      ...[step('best', 1), step('best', count)],
    ],
  },
  recent: {
    items: 'users',
    fill: (i) => step('view', `user-${i}`, 'tea'),
    asked: (count) => [0, 1, count - 1].map((i) => step('recent', `user-${i}`)),
  },
  likes: {
    items: 'likes of one user',
    fill: (i) => step('like', 'ann', `post-${i}`),
    asked: (count) => [
      ...[0, 1, count - 1].map((i) => step('hasLiked', 'ann', `post-${i}`)),
      step('likes', 'ann'),
    ],
  },
  chat: {
    items: 'messages in one room',
    fill: (i) => step('send', 'room', `message-${i}`),
    asked: (count) => many(count + 1, () => step('receive', 'room')),
  },
}

/** Fails if some of many items are lost. The message omits the calls that filled the store. */
export async function keepsAll(solution: Solution, { id, createModel, next }: Need): Promise<void> {
  const { fill, asked, items } = FILLINGS[id]
  const probe = [fill(0), ...asked(2)]
  const { varying } = await commandsFor(solution, [probe], QUESTIONS)
  const count = varying.length > 0 ? FEWER : MANY
  let filled = 0
  const steps = [...many(count, () => fill(filled++)), ...asked(count)].map((one) => ({ ...one }))
  const commands = await commandsFor(solution, [steps], QUESTIONS)
  const model = createModel()
  let at = 0
  for (const came of runOf(commands)(steps)) {
    const one = steps[at++]
    const wanted = 'error' in came ? 'it must not be an error' : model(one, came.reply)
    if (!wanted) continue
    const said = 'error' in came ? came.error : `it answered ${shown(came.reply)}`
    const own = varying.length > 0 ? '' : ` ${said};`
    const times = steps.slice(0, at).filter(({ name }) => name === 'receive').length
    const which = times > 1 ? `, call ${times} of it` : ''
    throw new Failure(`with ${count} ${items}: ${words(one)}${which}:${own} ${wanted}`, next)
  }
}
