import { drawNames, many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import { checkGrowth } from '../../src/grading/growth.js'
import { step } from '../../src/grading/scenario-commands.js'
import type { Random } from '../../src/random/random.js'
import { QUESTIONS } from './pairs.js'

const QUICK =
  'Give each person their own keys, and read only those. KEYS, SCAN and one key shared by all read everything.'
/** More than half of the functions that are asked have to work. */
const LEAST = 4

/** Everybody else follows each other, more and more of them. */
export async function amongOthers(solution: Solution, random: Random): Promise<void> {
  const [a, b, c] = drawNames(3, random)
  await checkGrowth(
    solution,
    {
      items: 'others who follow each other',
      questions: QUESTIONS,
      least: LEAST,
      build: (size) => [
        ...many(2 * size, () => step('follow', `p${random.below(size)}`, `q${random.below(size)}`)),
        ...[a, b, c].flatMap((one) =>
          [a, b, c].flatMap((other) => (one === other ? [] : [step('follow', one, other)])),
        ),
      ],
      asked: [
        ...[step('following', a), step('followers', b), step('common', a, c), step('isFollowing', a, b)],
        ...[step('followerCount', b), step('follow', 'd', a), step('unfollow', b, a)],
      ],
    },
    QUICK,
  )
}

/** One person has more and more followers: only `followers` may read all of them. */
export async function withSomebodyPopular(solution: Solution, random: Random): Promise<void> {
  const [star, a, b] = drawNames(3, random)
  await checkGrowth(
    solution,
    {
      items: `followers of ${JSON.stringify(star)}`,
      questions: QUESTIONS,
      least: LEAST,
      build: (size) => {
        let i = 0
        return [
          ...many(size, () => step('follow', `fan${i++}`, star)),
          ...[
            step('follow', a, star),
            step('follow', star, b),
            step('follow', a, b),
            step('follow', star, a),
          ],
        ]
      },
      asked: [
        ...[step('common', a, star), step('isFollowing', a, star)],
        ...[step('isFollowing', 'fan7', star), step('followerCount', star), step('follow', b, star)],
        ...[step('follow', 'fan7', star), step('unfollow', b, star), step('unfollow', 'fan9', star)],
      ],
    },
    'Only followers needs all of them: sets and sorted sets find or remove a member, and count, without reading the rest.',
  )
}
