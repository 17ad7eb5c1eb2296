import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { FRESH_MS, mostApartMs, promote, type Replica, type View, whyUnfit } from './model.js'
import { around, drawReplica, drawRunId, drawView, simpler, withDownMaster, words } from './views.js'

const promotion = (next: string, isAsked: (view: View) => boolean): CaseCheck<View> => ({
  name: 'promote',
  parameters: (view) => [view],
  words: (view) => words(view, 'replicas'),
  smaller: (view) => simpler(view).filter(isAsked),
  next,
  wrong(view, value) {
    const best = promote(view)
    if (value === best) return undefined
    const chosen = view.replicas.find(({ name }) => name === value)
    const reason = chosen && whyUnfit(chosen, view)
    const why = reason ? `: ${chosen.name} ${reason}` : ''
    return `you returned ${shown(value)}; it is ${shown(best)}${why}`
  },
})

const promotable = (view: View) => view.replicas.filter((replica) => !whyUnfit(replica, view))

/** What makes a replica unfit, and the same within the limit. */
interface Fault {
  readonly bad: Partial<Replica>
  readonly good: Partial<Replica>
}

/** Faults of a kind. */
type Faults = (view: View, random: Random) => readonly Fault[]

function beyond(field: keyof Replica, limit: number, random: Random): Fault[] {
  const times = around(limit, random)
  return times.beyond.map((bad, i) => ({ bad: { [field]: bad }, good: { [field]: times.within[i] } }))
}

const never: Faults = () => [{ bad: { priority: 0 }, good: { priority: 1 } }]
const silent: Faults = (view, random) => [
  ...beyond('silentMs', Math.min(view.downAfterMs, FRESH_MS), random),
  ...beyond('infoAgeMs', FRESH_MS, random),
]
/** Longer than ten times downAfterMs is allowed, as long as the master is down. */
const apart: Faults = (view, random) => [
  ...beyond('linkDownMs', mostApartMs(view), random),
  { bad: { linkDownMs: mostApartMs(view) + 1 }, good: { linkDownMs: 10 * view.downAfterMs + 1 } },
]

/**
 * In each view at most one replica is fit, so that no order of preference matters. The others are as good in all else
 * as can be, or as bad.
 */
function faulty(faults: Faults, random: Random): View[] {
  return [1000, 2500, 8000, 30_000].flatMap((downAfterMs) => {
    const view = withDownMaster(drawView(random, 2, { downAfterMs }), random)
    return faults(view, random).flatMap(({ bad, good }) => {
      const rest = { silentMs: 0, infoAgeMs: 0, linkDownMs: 0 }
      const one = (name: string, change: Partial<Replica>) =>
        drawReplica(name, view, random, { ...rest, ...change })
      const [a, b, c] = shuffle(['r1', 'r2', 'r3'], random)
      const best = { priority: 1, offset: 5_000_000, runId: '00000000' }
      const worst = { priority: 500, offset: 1, runId: 'ffffffff' }
      return [
        [one(a, bad)],
        [one(a, good)],
        [one(a, { ...best, ...bad }), one(b, good)],
        [one(b, good), one(a, { ...worst, ...bad })],
        [one(c, { ...best, ...bad }), one(a, { ...worst, ...bad }), one(b, { ...good })],
      ].map((replicas) => ({ ...view, replicas: shuffle(replicas, random) }))
    })
  })
}

const excluded = (kinds: readonly Faults[], next: string) => async (solution: Solution, random: Random) => {
  const asked = promotion(next, (view) => promotable(view).length <= 1)
  const views = kinds.flatMap((faults) => faulty(faults, random))
  await checkCases(solution, shuffle(views, random), asked)
}

export const unfit = excluded(
  [never, silent],
  `Leave out priority 0, replicas that are silent for more than downAfterMs or ${FRESH_MS} ms, and those whose INFO is older than ${FRESH_MS} ms.`,
)
export const tooLongApart = excluded(
  [apart],
  'A replica may be without its master for 10 × downAfterMs, plus the time that the master has been sdown: its silence − downAfterMs.',
)

const ROUNDS = 8

/** Replicas that all are fit and differ in one thing, or in all. */
function ordered(random: Random): View[] {
  const well = { silentMs: 0, infoAgeMs: 0, linkDownMs: 0 }
  const same = { priority: 100, offset: 4000, runId: '7a00c0de' }
  return many(ROUNDS, (): View[] => {
    const view = withDownMaster(drawView(random, 2), random)
    const count = 2 + random.below(4)
    const list = (change: () => Partial<Replica>): View => ({
      ...view,
      replicas: shuffle(
        many(count, () => 0).map((_, i) => drawReplica(`r${i + 1}`, view, random, { ...well, ...change() })),
        random,
      ),
    })
    // Numbers with more and fewer digits: as texts they come in another order.
    const priority = () => [5, 9, 10, 50, 100, 1000][random.below(6)]
    const offset = () => [900, 1000, 20_000, 999_999][random.below(4)]
    return [
      list(() => ({ ...same, priority: priority(), runId: drawRunId(random) })),
      list(() => ({ ...same, offset: offset(), runId: drawRunId(random) })),
      list(() => ({ ...same, runId: drawRunId(random) })),
      list(() => ({ priority: priority(), offset: offset() })),
    ]
  }).flat()
}

/** Whether one is to be promoted of several, and which of the rules tells them apart. */
const isOf = (rule: 'priority' | 'offset' | 'runId') => (view: View) => {
  const all = promotable(view)
  const steady = (field: keyof Replica) => new Set(all.map((one) => one[field])).size === 1
  if (all.length < 2 || all.length !== view.replicas.length) return false
  const lowest = Math.min(...all.map((one) => one.priority))
  const top = all.filter((one) => one.priority === lowest)
  const furthest = Math.max(...top.map((one) => one.offset))
  if (rule === 'priority') return top.length === 1
  if (rule === 'offset')
    return steady('priority') && all.filter((one) => one.offset === furthest).length === 1
  return steady('priority') && steady('offset')
}

type Rule = Parameters<typeof isOf>[0]

const order = (rules: readonly Rule[], next: string) => async (solution: Solution, random: Random) => {
  const isAsked = (view: View) => rules.some((rule) => isOf(rule)(view))
  await checkCases(solution, ordered(random).filter(isAsked), promotion(next, isAsked))
}

export const byPriority = order(
  ['priority'],
  'The lowest priority is promoted, whatever the offsets and run ids are.',
)
export const byOffset = order(
  ['offset', 'runId'],
  'Of several with the lowest priority, the one with the highest offset has most of the data; where the offsets are equal, too, the run id that comes first in the alphabet decides.',
)
