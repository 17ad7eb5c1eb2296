import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { FRESH_MS, isLeader, STATES, stateOf, type View, votesNeeded } from './model.js'
import { around, drawView, reporting, simpler, voteFor, withDownMaster, words } from './views.js'

const ROUNDS = 5
/** How many other sentinels there are: even and odd numbers in all. */
const OTHERS = [2, 3, 4, 5, 6]

const masterCheck = (next: string, isAsked: (view: View) => boolean = () => true): CaseCheck<View> => ({
  name: 'stateOf',
  parameters: (view) => [view],
  words: (view) => words(view, 'master'),
  smaller: (view) => simpler(view).filter(isAsked),
  next,
  wrong(view, value) {
    if (!STATES.includes(value as 'up'))
      return `you returned ${shown(value)}; it must be "up", "sdown" or "odown"`
    const state = stateOf(view)
    return value === state ? undefined : `you returned ${shown(value)}; it is ${shown(state)}`
  },
})

const leaderCheck = (next: string, isAsked: (view: View) => boolean = () => true): CaseCheck<View> => ({
  name: 'isLeader',
  parameters: (view) => [view],
  words: (view) => words(view, 'votes'),
  smaller: (view) => simpler(view).filter(isAsked),
  next,
  wrong(view, value) {
    const leads = isLeader(view)
    if (value === leads) return undefined
    const all = view.sentinels.length + 1
    return `you returned ${shown(value)}; it is ${leads}: of ${all} sentinels ${votesNeeded(view)} must vote for ${view.me}`
  },
})

/** Nobody else matters: the master's silence alone tells. */
export async function subjectivelyDown(solution: Solution, random: Random): Promise<void> {
  const views = many(ROUNDS, () => {
    const view = drawView(random, 1 + random.below(4))
    const { within, beyond } = around(view.downAfterMs, random)
    return [...within, ...beyond].map((silentMs) => ({ ...view, master: { silentMs } }))
  }).flat()
  await checkCases(
    solution,
    shuffle(views, random),
    masterCheck('Compare the silence with downAfterMs: it must be longer.'),
  )
}

/** Others report: as many as the quorum with this one, one less, or all while this one still hears the master. */
export async function objectivelyDown(solution: Solution, random: Random): Promise<void> {
  const views = many(ROUNDS, () => {
    const others = 2 + random.below(5)
    const quorum = 1 + random.below(others + 1)
    const up = drawView(random, others, { quorum })
    const down = withDownMaster(up, random)
    const say = (view: View, count: number) => reporting(view, count, { saysDown: true }, random)
    return [say(down, quorum - 1), say(down, Math.max(0, quorum - 2)), say(up, others), down]
  }).flat()
  const next =
    'Count this sentinel and those that say down, and compare with the quorum; while this one hears the master, it is up.'
  await checkCases(solution, shuffle(views, random), masterCheck(next))
}

/** A majority of all known sentinels, and the quorum where that is more. */
const majorities = (random: Random): View[] =>
  OTHERS.flatMap((others) => [1 + random.below(2), others + 1].map((quorum) => [others, quorum])).flatMap(
    ([others, quorum]) => {
      const view = drawView(random, others, { quorum })
      const own = voteFor(view.me, view.epoch)
      const needed = votesNeeded(view)
      const voting = { ...view, vote: own }
      const elected = reporting(voting, needed - 1, { vote: own }, random)
      return [
        elected,
        reporting(voting, needed - 2, { vote: own }, random),
        // The other votes are for somebody else.
        {
          ...elected,
          sentinels: elected.sentinels.map((one) => ({
            ...one,
            vote: one.vote ?? voteFor(one.name, view.epoch),
          })),
        },
        // As many votes, but its own is another's.
        { ...elected, vote: voteFor(view.sentinels[0].name, view.epoch) },
        {
          ...view,
          sentinels: view.sentinels.map((one) => ({ ...one, vote: voteFor(one.name, view.epoch) })),
        },
      ]
    },
  )

/** Votes of other epochs are none in this one. */
const inOtherEpochs = (random: Random): View[] =>
  many(ROUNDS, () => {
    const others = 2 + random.below(4)
    const view = drawView(random, others, { quorum: 2, epoch: 10 + random.below(50) })
    const own = voteFor(view.me, view.epoch)
    const needed = votesNeeded(view)
    const elected = reporting({ ...view, vote: own }, needed - 1, { vote: own }, random)
    const earlier = voteFor(view.me, view.epoch - 1 - random.below(3))
    const changed = (how: (one: View['sentinels'][number], i: number) => boolean): View => ({
      ...elected,
      sentinels: elected.sentinels.map((one, i) => (how(one, i) ? { ...one, vote: earlier } : one)),
    })
    const first = elected.sentinels.findIndex((one) => one.vote)
    return [elected, changed((one) => one.vote !== null), changed((_, i) => i === first)]
  }).flat()

export async function leads(solution: Solution, random: Random): Promise<void> {
  const next =
    'Of all known sentinels, this one and silent ones included, more than half must have voted for it in this epoch, and at least the quorum.'
  const views = [...majorities(random), ...inOtherEpochs(random)]
  await checkCases(solution, shuffle(views, random), leaderCheck(next))
}

/** Reports that are too old count neither as agreement nor as votes. */
export async function freshReports(solution: Solution, random: Random): Promise<void> {
  const views = OTHERS.flatMap((others) => {
    const down = withDownMaster(drawView(random, others), random)
    const own = voteFor(down.me, down.epoch)
    const needed = votesNeeded({ ...down, quorum: 2 })
    const { within, beyond } = around(FRESH_MS, random)
    const aged = (age: number): View =>
      reporting({ ...down, vote: own }, needed - 1, { saysDown: true, vote: own, reportAgeMs: age }, random)
    return [...within, ...beyond].map(aged)
  })
  const next = `A report of more than ${FRESH_MS} ms ago counts neither as agreement nor as a vote.`
  await checkCases(solution, shuffle(views, random), masterCheck(next))
  await checkCases(solution, shuffle(views, random), leaderCheck(next))
}
