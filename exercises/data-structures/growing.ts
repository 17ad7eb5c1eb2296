import { many } from '../../src/grading/draw.js'
import type { Growing } from '../../src/grading/growth.js'
import { type Step, step } from '../../src/grading/scenario-commands.js'
import { QUESTIONS } from './needs.js'

const growing = (
  items: string,
  build: (i: number) => readonly Step[],
  asked: readonly Step[],
  before: readonly Step[] = [],
): Growing => ({
  items,
  asked,
  questions: QUESTIONS,
  build: (size) => {
    let i = 0
    return [...before, ...many(size, () => build(i++)).flat()]
  },
})

/** Each need by its id, with many items in one session, user or room, and with many sessions, users or rooms. */
export const GROWING: Readonly<Record<string, Growing>> = {
  session: growing(
    'fields, and as many sessions',
    (i) => [step('changeField', 'one', `f${i}`, 'x'), step('saveSession', `session-${i}`, { name: 'x' })],
    [
      step('readField', 'one', 'f7'),
      step('changeField', 'one', 'f8', 'y'),
      step('saveSession', 'two', { name: 'y' }),
    ],
    [step('saveSession', 'one', { name: 'x' })],
  ),
  leaderboard: growing('players', (i) => [step('addPoints', `player-${i}`, 1 + ((i * 7919) % 1501))], [
    step('best', 3),
    step('place', 'player-7'),
    step('addPoints', 'player-9', 5000),
  ]),
  recent: growing(
    'views, and as many users',
    (i) => [step('view', 'ann', `product-${i}`), step('view', `user-${i}`, 'product')],
    [step('recent', 'ann'), step('view', 'ann', 'one-more'), step('view', 'new', 'one-more')],
  ),
  likes: growing(
    'likes, and as many users',
    (i) => [step('like', 'ann', `post-${i}`), step('like', `user-${i}`, 'post')],
    [
      ...[
        step('hasLiked', 'ann', 'post-20'),
        step('like', 'ann', 'post-30'),
        step('like', 'ann', 'one-more'),
      ],
      ...[step('likes', 'user-3'), step('like', 'user-3', 'one-more')],
    ],
  ),
  chat: growing(
    'messages, and as many rooms',
    (i) => [step('send', 'room', `message-${i}`), step('send', `room-${i}`, 'message')],
    [step('receive', 'room'), step('send', 'room', 'one-more'), step('receive', 'room-3')],
  ),
}
