import { isAlike } from '../../src/grading/alike.js'
import { shown } from '../../src/grading/cases.js'
import { isYes, wrongList, wrongNumber, wrongYes } from '../../src/grading/expectations.js'
import type { Answer } from '../../src/grading/redis-world.js'
import type { Model } from '../../src/grading/scenario.js'
import type { Step } from '../../src/grading/scenario-commands.js'

/** The functions whose answers are looked at. */
export const QUESTIONS = new Set(['following', 'followers', 'common', 'isFollowing', 'followerCount'])

/** Who follows whom, as plain pairs. */
class Pairs {
  private readonly pairs = new Map<string, readonly [string, string]>()

  /** All pairs, in an order that doesn't depend on when they came. */
  private text = ''

  play({ name, parameters }: Step): void {
    const [a, b] = parameters as [string, string]
    if (name === 'follow') this.pairs.set(JSON.stringify([a, b]), [a, b])
    if (name === 'unfollow') this.pairs.delete(JSON.stringify([a, b]))
    if (name.endsWith('follow')) this.text = [...this.pairs.keys()].sort().join()
  }

  has(a: string, b: string): boolean {
    return this.pairs.has(JSON.stringify([a, b]))
  }

  following(a: string): string[] {
    return [...this.pairs.values()].flatMap(([who, whom]) => (who === a ? [whom] : []))
  }

  followers(b: string): string[] {
    return [...this.pairs.values()].flatMap(([who, whom]) => (whom === b ? [who] : []))
  }

  toString(): string {
    return this.text
  }
}

/**
 * Right answers. If the solution's own lists are asked for before, its other answers may agree with them instead:
 * swapped directions cost points only in the checks of the lists.
 */
export function rightAnswers(): Model {
  const pairs = new Pairs()
  const own = {
    following: new Map<string, readonly string[]>(),
    followers: new Map<string, readonly string[]>(),
  }
  /** Wrong by what is right, and by the solution's own lists too. */
  const eitherOf = (right: string | undefined, byOwn: string | undefined) => right && byOwn && right
  return (one, reply) => {
    pairs.play(one)
    const [a, b] = one.parameters as [string, string]
    if (one.name === 'following') {
      own.following.set(a, textsIn(reply))
      return wrongList(reply, pairs.following(a))
    }
    if (one.name === 'followers') {
      own.followers.set(a, textsIn(reply))
      return wrongList(reply, pairs.followers(a))
    }
    const mine = own.following.get(a)
    if (one.name === 'common') {
      const right = wrongList(
        reply,
        pairs.following(a).filter((whom) => pairs.has(b, whom)),
      )
      const theirs = own.following.get(b)
      if (!mine || !theirs) return right
      const both = mine.filter((whom) => theirs.includes(whom))
      return eitherOf(right, wrongList(reply, both))
    }
    if (one.name === 'isFollowing')
      return eitherOf(wrongYes(reply, pairs.has(a, b)), mine ? wrongYes(reply, mine.includes(b)) : 'unknown')
    if (one.name === 'followerCount') {
      const count = own.followers.get(a)?.length
      const right = wrongNumber(reply, pairs.followers(a).length)
      return eitherOf(right, count === undefined ? 'unknown' : wrongNumber(reply, count))
    }
    return undefined
  }
}

/** The same, where the lists are asked for only to compare with. */
export function rightByLists(): Model {
  const right = rightAnswers()
  return (one, reply) => {
    const wrong = right(one, reply)
    return one.name === 'following' || one.name === 'followers' ? undefined : wrong
  }
}

const textsIn = (reply: Answer): readonly string[] =>
  Array.isArray(reply) ? (reply as readonly unknown[]).filter((item) => typeof item === 'string') : []

/** A normalised answer: one form of yes, and numbers as texts. */
export function meant({ name }: Step, reply: Answer): Answer {
  if (name === 'isFollowing') return isYes(reply) ? 'yes' : 'no'
  return typeof reply === 'number' ? String(reply) : reply
}

/**
 * The same pairs must give the same answers: a question that is repeated after the pairs are what they were before must
 * be answered as before, right or wrong.
 */
export function sameAsBefore(): Model {
  const pairs = new Pairs()
  const answers = new Map<string, Answer>()
  return (one, answered) => {
    pairs.play(one)
    if (!QUESTIONS.has(one.name)) return undefined
    const question = `${pairs} ${JSON.stringify(one)}`
    const reply = meant(one, answered)
    const before = answers.get(question) ?? reply
    answers.set(question, before)
    if (isAlike(reply, before)) return undefined
    return `it must be ${shown(before)} as before, when the same people followed the same people`
  }
}
