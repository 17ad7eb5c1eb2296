import { type CaseCheck, shown } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { caseWords, type NamedCase, named, namedCases, smallerNamed } from './cache-cases.js'
import { keyWord, type Step, stepsIn } from './model.js'
import { steadily } from './policies.js'

/** Judged by what the solution itself does with the same requests where keys are letters. */
const anyName: CaseCheck<NamedCase> = {
  name: 'simulate',
  parameters: (input) => Object.values(asked(input)),
  relies: ({ plain }) => [{ name: 'simulate', parameters: Object.values(asked({ plain, names: {} })) }],
  words: (input) => `${input.plain.policy.toUpperCase()}, ${caseWords(named(input))}`,
  smaller: smallerNamed,
  next: 'A key is any text: use a Map or a dict, in which no text has a special meaning, and tell the empty text from no key.',
  wrong({ plain, names }, value, [relied]) {
    const { length } = plain.requests
    const expected = stepsIn(relied, length)
    if (typeof expected === 'string') return `with letters as keys ${expected}`
    if (new Set(expected.map(({ hit }) => hit)).size < 2 && length > 8)
      return `with letters as keys you say ${expected[0].hit ? 'hit' : 'miss'} for every request`
    const steps = stepsIn(value, length)
    if (typeof steps === 'string') return steps
    const renamed = expected.map(({ hit, evicted }) => ({ hit, evicted: renamedIn(names, evicted) }))
    const at = renamed.findIndex((step, i) => text(step) !== text(steps[i]))
    if (at < 0) return undefined
    return `request ${at + 1}, ${keyWord(named({ plain, names }).requests[at])}: you answer ${text(steps[at])}; it must be ${text(renamed[at])}, which is your answer when letters replace these keys`
  },
}

/** Arguments of the function. */
function asked(input: NamedCase) {
  const hasNames = Object.keys(input.names).length > 0
  const { policy, capacity, requests } = hasNames ? named(input) : input.plain
  return { policy, capacity, requests }
}

const text = ({ hit, evicted }: Step) =>
  `a ${hit ? 'hit' : 'miss'}${(evicted ?? null) === null ? '' : ` that evicts ${shown(evicted)}`}`

/** Replaces letters by their names, also inside a longer text. */
function renamedIn(names: NamedCase['names'], evicted: unknown): string | null {
  if (Array.isArray(evicted)) return evicted.map((part) => renamedIn(names, part)) as unknown as string
  return typeof evicted === 'string' && Object.hasOwn(names, evicted) ? names[evicted] : (evicted as null)
}

export const takesAnyKey = (solution: Solution, random: Random) =>
  steadily(solution, namedCases(random), anyName)
