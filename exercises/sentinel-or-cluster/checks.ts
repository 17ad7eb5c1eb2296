import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { oneOf } from '../../src/grading/draw.js'
import type { Check } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'

interface Scenario {
  readonly dataGb: number
  readonly memoryPerServerGb: number
  readonly highAvailability: boolean
  readonly multiKeyTransactions: boolean
  readonly requestsPerSecond: number
  readonly persistence: boolean
  readonly largestValueKb: number
}

const SERVER_REQUESTS = 100_000
const MEMCACHED_VALUE_KB = 1024

/** What each can't do, and how to say it. A scenario that breaks none of its rules can be met by it. */
const rules: Record<string, readonly (readonly [breaks: (scenario: Scenario) => boolean, why: string])[]> = {
  sentinel: [
    [
      ({ dataGb, memoryPerServerGb }) => dataGb > memoryPerServerGb,
      'Sentinel keeps all data on one primary, and it does not fit one server’s memory',
    ],
    [
      ({ requestsPerSecond }) => requestsPerSecond > SERVER_REQUESTS,
      'Sentinel has a single primary, and one server does not serve that many requests',
    ],
  ],
  cluster: [
    [
      ({ multiKeyTransactions }) => multiKeyTransactions,
      'Cluster runs a transaction over several keys only where all are in one slot',
    ],
    [
      ({ dataGb, memoryPerServerGb, requestsPerSecond }) =>
        dataGb <= memoryPerServerGb && requestsPerSecond <= SERVER_REQUESTS,
      'one server holds the data and serves the requests, so that sharding is more to run for nothing',
    ],
  ],
  memcached: [
    [({ persistence }) => persistence, 'Memcached forgets everything at a restart'],
    [({ highAvailability }) => highAvailability, 'Memcached has no replicas: a lost server’s data is lost'],
    [({ multiKeyTransactions }) => multiKeyTransactions, 'Memcached has no transactions'],
    [({ largestValueKb }) => largestValueKb > MEMCACHED_VALUE_KB, 'Memcached takes values of up to 1 MB'],
  ],
}

function brokenRule(scenario: Scenario, choice: string): string | undefined {
  return rules[choice].find(([breaks]) => breaks(scenario))?.[1]
}

function acceptable(scenario: Scenario): string[] {
  return Object.keys(rules).filter((choice) => brokenRule(scenario, choice) === undefined)
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

/** A scenario away from every limit; it may be one that nothing meets. */
function scenario(random: Random): Scenario {
  const pick = <T>(...values: readonly T[]): T => oneOf(values, random)
  const memoryPerServerGb = pick(16, 32, 64, 128, 256)
  const share = pick(0.05, 0.2, 0.5, 2, 5, 20)
  return {
    dataGb: Math.max(1, Math.round(memoryPerServerGb * share)),
    memoryPerServerGb,
    highAvailability: pick(true, false),
    multiKeyTransactions: pick(true, false, false),
    requestsPerSecond: pick(500, 5_000, 20_000, 40_000, 300_000, 1_000_000),
    persistence: pick(true, false),
    largestValueKb: pick(1, 10, 100, 500, 5_000, 50_000),
  }
}

/** Scenarios of a kind that something meets. */
function scenarios(random: Random, count: number, isAsked: (scenario: Scenario) => boolean): Scenario[] {
  const found: Scenario[] = []
  while (found.length < count) {
    const drawn = scenario(random)
    if (isAsked(drawn) && acceptable(drawn).length > 0) found.push(drawn)
  }
  return found
}

/** The scenario with one thing as plain as can be, for each that isn't, as long as something meets it. */
function plainer(input: Scenario): Scenario[] {
  const names = Object.keys(plain) as (keyof Scenario)[]
  return names
    .filter((name) => input[name] !== plain[name])
    .map((name) => ({ ...input, [name]: plain[name] }))
    .filter((simpler) => acceptable(simpler).length > 0)
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

const choosing = (next: string): CaseCheck<Scenario> => ({
  name: 'choose',
  parameters: (input) => [input],
  words,
  smaller: plainer,
  next,
  wrong(input, value) {
    const choice = typeof value === 'string' ? value.trim().toLowerCase() : ''
    if (!Object.hasOwn(rules, choice)) {
      return `you returned ${shown(value)}; it must be "sentinel", "cluster" or "memcached"`
    }
    const why = brokenRule(input, choice)
    return why && `you chose ${choice}, but ${why}; ${acceptable(input).join(' or ')} would do`
  },
})

/** The lesson's four. */
const lesson: readonly Scenario[] = [
  { ...plain, dataGb: 10, highAvailability: true },
  { ...plain, dataGb: 1000, highAvailability: true, persistence: true },
  { ...plain, multiKeyTransactions: true, highAvailability: true, persistence: true },
  { ...plain, requestsPerSecond: 1_000_000 },
]

const isLarge = ({ dataGb, memoryPerServerGb }: Scenario) => dataGb > memoryPerServerGb
const isBusy = ({ requestsPerSecond }: Scenario) => requestsPerSecond > SERVER_REQUESTS
/** A Memcached that would have to be Redis. */
const isMore = ({ persistence, highAvailability, largestValueKb }: Scenario) =>
  persistence || highAvailability || largestValueKb > MEMCACHED_VALUE_KB

export const checks: readonly Check[] = [
  {
    id: 'lesson',
    title: 'the lesson’s four scenarios',
    points: 3,
    run: (solution) =>
      checkCases(solution, lesson, choosing('The lesson’s sections 3.3 and 4.3 compare the three.')),
  },
  {
    id: 'size',
    title: 'data that fits one server, and data that does not',
    points: 2,
    run: (solution, random) => {
      const asked = (large: boolean) => (drawn: Scenario) =>
        isLarge(drawn) === large && !isBusy(drawn) && isMore(drawn) && !drawn.multiKeyTransactions
      const inputs = [...scenarios(random, 20, asked(true)), ...scenarios(random, 20, asked(false))]
      return checkCases(solution, inputs, choosing('Compare the data with the memory of one server.'))
    },
  },
  {
    id: 'load',
    title: 'more requests than one server serves',
    points: 2,
    run: (solution, random) => {
      const asked = (busy: boolean) => (drawn: Scenario) =>
        !isLarge(drawn) && isBusy(drawn) === busy && isMore(drawn) && !drawn.multiKeyTransactions
      const inputs = [...scenarios(random, 20, asked(true)), ...scenarios(random, 20, asked(false))]
      return checkCases(solution, inputs, choosing('Compare the requests with what one Redis server serves.'))
    },
  },
  {
    id: 'transactions',
    title: 'transactions over several keys',
    points: 1,
    run: (solution, random) => {
      const inputs = [
        ...scenarios(random, 20, (drawn) => drawn.multiKeyTransactions),
        ...scenarios(random, 10, (drawn) => isLarge(drawn) && isMore(drawn)),
      ]
      return checkCases(solution, inputs, choosing('Which of the three runs a transaction over any keys?'))
    },
  },
  {
    id: 'memcached',
    title: 'what Memcached can’t do',
    points: 2,
    run: (solution, random) => {
      const only = (name: keyof Scenario, value: boolean | number): Scenario[] => [
        { ...plain, requestsPerSecond: 500_000, [name]: value },
        { ...plain, dataGb: 500, [name]: value },
        { ...plain, [name]: value },
      ]
      const inputs = [
        ...only('persistence', true),
        ...only('highAvailability', true),
        ...only('largestValueKb', 20_000),
        ...scenarios(random, 30, () => true),
      ]
      return checkCases(solution, inputs, choosing('Persistence, replicas and large values are Redis’s.'))
    },
  },
]
