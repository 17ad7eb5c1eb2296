import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { type Ballot, type Request, type View, type Vote, vote } from './model.js'
import { voteFor } from './views.js'

interface Asked {
  readonly mine: Ballot
  readonly request: Request
}

const ballotWords = ({ epoch, vote: given }: Ballot) =>
  `epoch ${epoch}, ${given ? `voted for ${given.leader} in epoch ${given.epoch}` : 'no vote yet'}`

const isBallot = (value: unknown): value is Ballot => {
  const { epoch, vote: given } = (value ?? {}) as Partial<Ballot>
  return Number.isSafeInteger(epoch) && (given === null || typeof given?.leader === 'string')
}

const voting: CaseCheck<Asked> = {
  name: 'vote',
  parameters: ({ mine, request }) => [mine, request],
  words: ({ mine, request }) => `${ballotWords(mine)}; ${request.candidate} asks in epoch ${request.epoch}`,
  smaller: ({ mine, request }) =>
    (mine.vote ? [{ ...mine, vote: null }] : []).map((fewer) => ({ mine: fewer, request })),
  next: 'A sentinel votes once an epoch, for the first that asks, and never in an epoch older than the newest it has heard of.',
  wrong({ mine, request }, value) {
    const right = vote(mine, request)
    const { epoch, vote: given } = (value ?? {}) as Partial<Ballot>
    const isRight =
      isBallot(value) &&
      epoch === right.epoch &&
      given?.leader === right.vote?.leader &&
      given?.epoch === right.vote?.epoch
    return isRight ? undefined : `you returned ${shown(value)}; it is ${shown(right)}`
  },
}

export async function votes(solution: Solution, random: Random): Promise<void> {
  const asked = many(4, () => {
    const epoch = 5 + random.below(20)
    const gap = 1 + random.below(3)
    const [a, b] = shuffle(['s1', 's2', 's3'], random)
    const given = [null, voteFor(b, epoch), voteFor(b, epoch - gap), voteFor(a, epoch)]
    return given.flatMap((one) =>
      [epoch - gap, epoch, epoch + 1, epoch + gap].map((at) => ({
        mine: { epoch, vote: one },
        request: { candidate: a, epoch: at },
      })),
    )
  }).flat()
  await checkCases(solution, shuffle(asked, random), voting)
}

const NEXT =
  'In an epoch each sentinel has one vote, and a leader needs more than half of all: two majorities share a sentinel.'

/** An election as it happens: who asks whom for its vote, in order. All begin in the same epoch; it is about the next. */
interface Election {
  readonly size: number
  readonly epoch: number
  readonly candidates: readonly string[]
  readonly asks: readonly { readonly voter: string; readonly candidate: string }[]
}

const namesOf = (size: number) => Array.from({ length: size }, (_, i) => `s${i + 1}`)

const story = ({ size, epoch, asks }: Election) =>
  `${size} sentinels in epoch ${epoch}, in which all voted for s1; for the next epoch ${asks.map(({ voter, candidate }) => `${candidate} asks ${voter}`).join(', ')}`

/** The candidates that say they lead. */
async function leadersOf(solution: Solution, election: Election): Promise<string[]> {
  const { size, candidates, asks } = election
  const epoch = election.epoch + 1
  const ballots = new Map<string, Ballot>(
    namesOf(size).map((name) => [name, { epoch: election.epoch, vote: voteFor('s1', election.epoch) }]),
  )
  /** What each candidate was told: who voted for whom. */
  const heard = new Map(candidates.map((candidate) => [candidate, new Map<string, Vote | null>()]))
  for (const { voter, candidate } of asks) {
    const [outcome] = await solution.call('vote', [[ballots.get(voter), { candidate, epoch }]])
    if ('error' in outcome) throw new Failure(`vote: ${outcome.error}`, NEXT)
    if (!isBallot(outcome.value))
      throw new Failure(
        `${ballotWords(ballots.get(voter)!)}; ${candidate} asks in epoch ${epoch}: you returned ${shown(outcome.value)}`,
        NEXT,
      )
    ballots.set(voter, outcome.value)
    heard.get(candidate)!.set(voter, outcome.value.vote)
  }
  const views = candidates.map(
    (me): View => ({
      ...{ me, quorum: 2, downAfterMs: 5000, master: { silentMs: 9000 }, replicas: [] },
      ...ballots.get(me)!,
      sentinels: namesOf(size)
        .filter((name) => name !== me)
        .map((name) => ({ name, reportAgeMs: 100, saysDown: true, vote: heard.get(me)!.get(name) ?? null })),
    }),
  )
  const outcomes = await solution.call(
    'isLeader',
    views.map((view) => [view]),
  )
  return candidates.filter((_, i) => {
    const outcome = outcomes[i]
    if ('error' in outcome) throw new Failure(`isLeader: ${outcome.error}`, NEXT)
    return outcome.value === true
  })
}

/** Elections as they happen: several ask at once, some can't be reached. */
export async function elections(solution: Solution, random: Random): Promise<void> {
  for (const size of [3, 3, 4, 5, 5, 6, 7]) {
    await expectOneLeader(solution, contested(random, size))
    for (const down of [Math.ceil(size / 2) - 1, Math.ceil(size / 2)])
      await expectMajority(solution, single(random, size, down))
  }
}

/** Two or three candidates ask all, in any order. */
function contested(random: Random, size: number): Election {
  const names = namesOf(size)
  const candidates = shuffle(namesOf(size), random).slice(0, 2 + random.below(2))
  const requests = candidates.flatMap((candidate) =>
    names.filter((name) => name !== candidate).map((voter) => ({ voter, candidate })),
  )
  const own = candidates.map((candidate) => ({ voter: candidate, candidate }))
  return { size, epoch: 1 + random.below(9), candidates, asks: [...own, ...shuffle(requests, random)] }
}

/** Never may two lead. */
async function expectOneLeader(solution: Solution, election: Election): Promise<void> {
  const both = async (one: Election) => (await leadersOf(solution, one)).length > 1
  if (!(await both(election))) return
  let failing = election
  for (let fewer = failing.asks.length - 1; fewer >= 0; fewer--) {
    const smaller = { ...failing, asks: failing.asks.filter((_, i) => i !== fewer) }
    if (await both(smaller)) failing = smaller
  }
  const leaders = await leadersOf(solution, failing)
  throw new Failure(
    `${story(failing)}: ${leaders.join(' and ')} both lead in epoch ${failing.epoch + 1}`,
    NEXT,
  )
}

/** One candidate, and so many of the others that it can't reach. */
function single(random: Random, size: number, down: number): Election {
  const [candidate, ...others] = shuffle(namesOf(size), random)
  const asks = [candidate, ...others.slice(down)].map((voter) => ({ voter, candidate }))
  return { size, epoch: 1 + random.below(9), candidates: [candidate], asks }
}

/** The candidate leads if more than half of all vote for it, and only then. */
async function expectMajority(solution: Solution, election: Election): Promise<void> {
  const { size, asks, candidates } = election
  const leads = (await leadersOf(solution, election)).length > 0
  if (leads === asks.length > size / 2) return
  const must = leads ? 'must not' : 'must'
  throw new Failure(
    `${story(election)}; it reaches no more: ${candidates[0]} ${leads ? 'leads' : 'does not lead'}, and ${must} with ${asks.length} of ${size} votes`,
    NEXT,
  )
}
