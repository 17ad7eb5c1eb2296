import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { oneOf } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'

interface Scenario {
  readonly dataGb: number
  readonly memoryPerServerGb: number
  readonly highAvailability: boolean
  readonly multiKeyTransactions: boolean
  readonly requestsPerSecond: number
  readonly persistence: boolean
  readonly largestValueKb: number
}

const CHOICES = ['sentinel', 'cluster', 'memcached']

const isLarge = ({ dataGb, memoryPerServerGb }: Scenario) => dataGb > memoryPerServerGb
const isBusy = ({ requestsPerSecond }: Scenario) => requestsPerSecond > 100_000
const hasLargeValues = ({ largestValueKb }: Scenario) => largestValueKb > 1024

/** The choices that meet a scenario. */
function acceptable(scenario: Scenario): string[] {
  if (scenario.multiKeyTransactions) return ['sentinel']
  const redis = isLarge(scenario) || isBusy(scenario) ? 'cluster' : 'sentinel'
  const isPlain = !scenario.persistence && !scenario.highAvailability && !hasLargeValues(scenario)
  return isPlain ? [redis, 'memcached'] : [redis]
}

/** The plainest scenario: a small cache. */
const plain: Scenario = {
  dataGb: 4,
  memoryPerServerGb: 64,
  highAvailability: false,
  multiKeyTransactions: false,
  requestsPerSecond: 10_000,
  persistence: false,
  largestValueKb: 10,
}
const LARGE_GB = 640
const BUSY = 1_000_000
const LARGE_VALUE_KB = 10_000

/** Like the lesson’s, with one answer each; no single mistake leaves less than two right. */
const ANCHORS: readonly Scenario[] = [
  { ...plain, dataGb: 10, highAvailability: true },
  { ...plain, dataGb: 1000, persistence: true },
  { ...plain, requestsPerSecond: BUSY, largestValueKb: LARGE_VALUE_KB },
  { ...plain, multiKeyTransactions: true, largestValueKb: LARGE_VALUE_KB },
  {
    dataGb: 1000,
    memoryPerServerGb: 64,
    requestsPerSecond: BUSY,
    largestValueKb: LARGE_VALUE_KB,
    highAvailability: true,
    persistence: true,
    multiKeyTransactions: false,
  },
]

/**
 * Numbers that fit one server and that do not, at both ends of what is asked for: more gigabytes fit a large server
 * than are too many for a small one.
 */
const SIZES = {
  small: [
    [400, 1024],
    [0.5, 2],
    [10, 64],
  ],
  large: [
    [0.9, 0.25],
    [10_000, 512],
    [160, 64],
  ],
}
const LOADS = { small: [40_000, 1, 1000], large: [250_000, 20_000_000, 600_000] }
const VALUES = { small: [400, 1, 100], large: [2500, 100_000, 8000] }

/** How close to the limit of size a scenario may be. */
const isClear = ({ dataGb, memoryPerServerGb }: Scenario) =>
  dataGb <= 0.4 * memoryPerServerGb || dataGb >= 2.5 * memoryPerServerGb

/** A kind of scenario is six bits: what is too much for one server or for Memcached, and what is needed. */
const KINDS = 1 << 6

function scenarioOf(kind: number, pick: <T>(values: readonly T[]) => T): Scenario {
  const is = (bit: number) => ((kind >> bit) & 1) === 1
  const of = (bit: number) => (is(bit) ? 'large' : 'small')
  const [dataGb, memoryPerServerGb] = pick(SIZES[of(0)])
  return {
    dataGb,
    memoryPerServerGb,
    highAvailability: is(1),
    multiKeyTransactions: is(2),
    requestsPerSecond: pick(LOADS[of(3)]),
    persistence: is(4),
    largestValueKb: pick(VALUES[of(5)]),
  }
}

/** Scenarios of every kind, with each of the numbers and with a mixture; the plain ones first. */
function scenarios(random: Random): Scenario[] {
  return Array.from({ length: KINDS }, (_, kind) => [
    ...[0, 1, 2].map((which) => scenarioOf(kind, (values) => values[which])),
    scenarioOf(kind, (values) => oneOf(values, random)),
  ]).flat()
}

/** The scenario with one thing simpler: as in `simplest`, or else a round number. */
function simpler(input: Scenario, simplest: Scenario): Scenario[] {
  const round: Partial<Scenario> = {
    dataGb: LARGE_GB,
    requestsPerSecond: BUSY,
    largestValueKb: LARGE_VALUE_KB,
  }
  return (Object.keys(simplest) as (keyof Scenario)[]).flatMap((name) => {
    if (input[name] === simplest[name]) return []
    const ones = input[name] === round[name] ? [simplest] : [simplest, round]
    return ones.filter((one) => name in one).map((one) => ({ ...input, [name]: one[name] }))
  })
}

function words(scenario: Scenario): string {
  const { dataGb, memoryPerServerGb, requestsPerSecond, largestValueKb } = scenario
  const needs = [
    scenario.highAvailability ? 'high availability' : '',
    scenario.persistence ? 'persistence' : '',
    scenario.multiKeyTransactions ? 'multi-key transactions' : '',
  ].filter((need) => need !== '')
  return `${dataGb} GB of data, ${memoryPerServerGb} GB a server, ${requestsPerSecond} requests a second, values of up to ${largestValueKb} KB, ${
    needs.length > 0 ? `needs ${needs.join(' and ')}` : 'a plain cache'
  }`
}

/** The same fields in another order: they are to be found by their names. */
function turned(scenario: Scenario): Scenario {
  const fields = Object.entries(scenario)
  const by = Math.ceil(scenario.dataGb + scenario.requestsPerSecond + scenario.largestValueKb) % fields.length
  return Object.fromEntries([...fields.slice(by), ...fields.slice(0, by)]) as unknown as Scenario
}

const choiceOf = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : '')

/** Why a right answer may be chance, judged by the answers to the anchors and to all other scenarios. */
function chance(anchors: readonly string[], others: readonly string[]): string | undefined {
  const right = ANCHORS.filter((scenario, i) => acceptable(scenario).includes(anchors[i])).length
  if (right < 2) return `only ${right} of five scenarios like the lesson’s got a right answer`
  const isConstant = [...anchors, ...others].every((choice) => choice === anchors[0])
  return isConstant ? `you choose ${anchors[0]} in every scenario` : undefined
}

/** One rule: the scenarios that it is about, and which choices it forbids there. Other rules are not checked. */
interface Rule {
  readonly id: string
  readonly title: string
  readonly points: number
  readonly isAsked: (scenario: Scenario) => boolean
  readonly forbidden: readonly string[]
  readonly simplest: Scenario
  readonly next: string
}

function checkOf({ id, title, points, isAsked, forbidden, simplest, next }: Rule): Check {
  const check = (luck: string | undefined): CaseCheck<Scenario> => ({
    name: 'choose',
    parameters: (input) => [turned(input)],
    words,
    smaller: (input) => simpler(input, simplest).filter((other) => isAsked(other) && isClear(other)),
    next,
    wrong(input, value) {
      const choice = choiceOf(value)
      if (!CHOICES.includes(choice))
        return `you returned ${shown(value)}; it must be "sentinel", "cluster" or "memcached"`
      if (forbidden.includes(choice)) return `you chose ${choice}; ${acceptable(input).join(' or ')} would do`
      return luck && `you chose ${choice}, but ${luck}`
    },
  })
  return {
    id,
    title,
    points,
    async run(solution, random) {
      const ask = async (inputs: readonly Scenario[]) => {
        const outcomes = await solution.call(
          'choose',
          inputs.map((input) => [turned(input)]),
        )
        return outcomes.map((outcome) => choiceOf('value' in outcome && outcome.value))
      }
      const anchors = await ask(ANCHORS)
      const all = scenarios(random)
      // Earlier calls must make no difference, so the other rules' scenarios are asked, too.
      const luck = chance(anchors, await ask(all))
      await checkCases(solution, shuffle(all.filter(isAsked), random), check(luck))
    },
  }
}

const rules: readonly Rule[] = [
  {
    id: 'size',
    title: 'more data than one server holds',
    points: 2,
    isAsked: (scenario) => isLarge(scenario) && !scenario.multiKeyTransactions,
    forbidden: ['sentinel'],
    simplest: { ...plain, dataGb: LARGE_GB },
    next: 'Compare the data with the memory of one server: Sentinel keeps all of it on one primary.',
  },
  {
    id: 'load',
    title: 'more requests than one server serves',
    points: 1,
    isAsked: (scenario) => !isLarge(scenario) && isBusy(scenario) && !scenario.multiKeyTransactions,
    forbidden: ['sentinel'],
    simplest: { ...plain, requestsPerSecond: BUSY },
    next: 'Compare the requests with what one Redis server serves: under Sentinel one primary gets them all.',
  },
  {
    id: 'transactions',
    title: 'transactions over any keys',
    points: 2,
    isAsked: (scenario) => scenario.multiKeyTransactions,
    forbidden: ['cluster', 'memcached'],
    simplest: { ...plain, multiKeyTransactions: true },
    next: 'Which of the three runs a transaction over any keys? Then read in the task which need decides if the data also exceeds one server.',
  },
  {
    id: 'one-server',
    title: 'what one server can do',
    points: 2,
    isAsked: (scenario) => !isLarge(scenario) && !isBusy(scenario) && !scenario.multiKeyTransactions,
    forbidden: ['cluster'],
    simplest: plain,
    next: 'Where one server holds the data and serves the requests, Cluster adds servers to operate without a benefit.',
  },
  {
    id: 'persistence',
    title: 'data that outlives a restart',
    points: 1,
    isAsked: (scenario) => scenario.persistence && !scenario.multiKeyTransactions,
    forbidden: ['memcached'],
    simplest: { ...plain, persistence: true },
    next: 'Memcached loses everything at a restart.',
  },
  {
    id: 'availability',
    title: 'data that outlives the loss of a server',
    points: 1,
    isAsked: (scenario) => scenario.highAvailability && !scenario.multiKeyTransactions,
    forbidden: ['memcached'],
    simplest: { ...plain, highAvailability: true },
    next: 'Memcached has no replicas: what a lost server held is lost.',
  },
  {
    id: 'values',
    title: 'large values',
    points: 1,
    isAsked: (scenario) => hasLargeValues(scenario) && !scenario.multiKeyTransactions,
    forbidden: ['memcached'],
    simplest: { ...plain, largestValueKb: LARGE_VALUE_KB },
    next: 'Memcached takes values of up to 1 MB.',
  },
]

export const checks: readonly Check[] = rules.map(checkOf)
