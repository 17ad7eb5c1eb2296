import { shorter, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { Cluster, type Fate, type Range, rightRun, type Sent, type Situation, type Slots } from './cluster.js'
import { areSlots, keyAlike, PROBES, slotOf } from './keys.js'
import { type Command, words } from './together.js'

/** Nodes by address, and a map in which each has at least one range. */
export function drawMap(random: Random): Pick<Situation, 'nodes' | 'map'> {
  const count = 3 + random.below(4)
  const [net, port] = [random.below(256), 6379 + random.below(1000)]
  const nodes = many(count, () => 0).map((_, i) => `10.0.${net}.${i + 1}:${port}`)
  const cuts = [...new Set(many(2 * count - 1, () => 1 + random.below(16383)))].sort((a, b) => a - b)
  const map = [...cuts, 16384].map((end, i): Range => {
    return { from: i === 0 ? 0 : cuts[i - 1], to: end - 1, node: nodes[i % count] }
  })
  return { nodes, map: shuffle(map, random) }
}

/** What is said about a run, or nothing where it is right. */
async function problemOf(
  solution: Solution,
  situation: Situation,
  slots: Slots,
): Promise<string | undefined> {
  const cluster = new Cluster(situation, slots)
  const expected = rightRun(situation, slots)
  const parameters = [situation.map, situation.commands]
  const [outcome] = await solution.call('run', [parameters], cluster.service)
  const at = expected.sent.findIndex((one, i) => !isSame(one, cluster.sent[i]))
  if (at >= 0 || cluster.sent.length > expected.sent.length) {
    const first = at < 0 ? expected.sent.length : at
    const [done, mine, right] = [expected.sent.slice(0, first), cluster.sent[first], expected.sent[first]]
    const so = done.length > 0 ? `after ${done.slice(-3).map(said).join(', ')} ` : ''
    const own = mine
      ? `sent ${message(mine)}`
      : 'error' in outcome
        ? `ended: ${outcome.error}`
        : 'sent nothing more'
    return `${so}your run ${own}; it should ${right ? `send ${message(right)}` : 'send nothing more'}`
  }
  if ('error' in outcome) return `it sent all it should; ${outcome.error}`
  const { replies } = expected
  if (Array.isArray(outcome.value) && JSON.stringify(outcome.value) === JSON.stringify(replies))
    return undefined
  return `${cluster.sent.slice(-3).map(said).join(', ')}; your run returned ${shown(outcome.value)}; it should return ${shown(replies)}`
}

const isSame = (a: Sent, b: Sent | undefined) =>
  a.node === b?.node && JSON.stringify(a.command) === JSON.stringify(b.command)
const message = ({ node, command }: Sent) => `${words([command])} to ${node}`
const said = (sent: Sent) => `${message(sent)} → ${sent.answer}`

/** A situation in words: the commands, and where the map has their keys. */
function described({ map, commands }: Situation, slots: Slots): string {
  const keys = [...new Set(commands.map(([, key]) => key))]
  const places = keys.map((key) => {
    const slot = slots(key)
    const { node } = map.find(({ from, to }) => from <= slot && slot <= to)!
    return `${shown(key)} is in slot ${slot}, by the map on ${node}`
  })
  return `run of ${words(commands)} (${places.join('; ')})`
}

const MAX_ROUNDS = 12

/** Fails with the fewest commands that show it. */
async function judge(
  solution: Solution,
  situations: readonly Situation[],
  slots: Slots,
  next: string,
): Promise<void> {
  for (const situation of situations) {
    const found = await problemOf(solution, situation, slots)
    if (found === undefined) continue
    await solution.restart()
    let problem = await problemOf(solution, situation, slots)
    if (problem === undefined)
      throw new Failure(
        `${described(situation, slots)}, after other runs: ${found}. Asked alone, in a new process, it is right`,
        'Begin each run with the map that it is given: nothing may be kept from one call to the next.',
      )
    let smallest = situation
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const smaller = await firstWrong(solution, smallest, slots)
      if (!smaller) break
      ;[smallest, problem] = smaller
    }
    throw new Failure(`${described(smallest, slots)}: ${problem}`, next)
  }
}

async function firstWrong(solution: Solution, situation: Situation, slots: Slots) {
  for (const commands of shorter(situation.commands, 1)) {
    const smaller = { ...situation, commands }
    const problem = await problemOf(solution, smaller, slots)
    if (problem !== undefined) return [smaller, problem] as const
  }
  return undefined
}

/** Judges runs by the right slots and, where these fail, by the solution's own: a wrong slot costs points once. */
export async function judgeRuns(
  solution: Solution,
  situations: readonly Situation[],
  next: string,
): Promise<void> {
  try {
    await judge(solution, situations, slotOf, next)
  } catch (failure) {
    if ((failure as Error).name !== 'Failure') throw failure
    const own = await ownSlots(solution, situations).catch(() => undefined)
    if (!own) throw failure
    await solution.restart()
    await judge(solution, situations, own, next)
  }
}

async function ownSlots(solution: Solution, situations: readonly Situation[]): Promise<Slots | undefined> {
  const keys = [...PROBES, ...new Set(situations.flatMap(({ commands }) => commands.map(([, key]) => key)))]
  const outcomes = await solution.call(
    'slot',
    keys.map((key) => [key]),
  )
  const answers = outcomes.map((outcome) => ('value' in outcome ? outcome.value : undefined))
  if (!areSlots(answers) || Math.max(...answers) > 16383) return undefined
  if (keys.every((key, i) => answers[i] === slotOf(key))) return undefined
  return (key) => answers[keys.indexOf(key)]
}

const drawUser = (random: Random) => `user:${random.below(1e6)}`
const GET = (key: string): Command => ['GET', key]
const NAMES = ['Ann', 'Bob', 'Eve', 'İpek', '']

/** One command, on a slot with a fate. */
const single = (random: Random, fate: Omit<Fate, 'key' | 'value'>): Situation[] =>
  ['GET', 'SET', 'INCR'].map((name): Situation => {
    const key = drawUser(random)
    const value = name === 'INCR' ? String(random.below(100)) : NAMES[random.below(NAMES.length)]
    const command = name === 'SET' ? [name, key, 'Zoë'] : [name, key]
    return { ...drawMap(random), fates: [{ key, value, ...fate }], commands: [command] }
  })

/** The map is right; the ends of ranges, and a node that has several. */
export function direct(random: Random): Situation[] {
  const stable = many(3, (): Situation => {
    const keys = many(6, () => drawUser(random))
    const fates = keys.map((key, i): Fate => ({ key, path: [0], ...(i % 2 ? { value: NAMES[i % 5] } : {}) }))
    const commands = keys.flatMap((key): Command[] => [GET(key), ['SET', key, 'x'], GET(key)])
    return { ...drawMap(random), fates, commands }
  })
  const atEnds = many(2, (): Situation => {
    const { nodes } = drawMap(random)
    const keys = many(3, () => drawUser(random))
    const ends = [...new Set(keys.flatMap((key) => [slotOf(key), slotOf(key) + 1]))].sort((a, b) => a - b)
    const map = [...ends.filter((end) => end > 0 && end < 16384), 16384].map((end, i, all): Range => {
      return { from: i === 0 ? 0 : all[i - 1], to: end - 1, node: nodes[i % nodes.length] }
    })
    return { nodes, map: shuffle(map, random), fates: [], commands: keys.map(GET) }
  })
  return [...stable, ...atEnds]
}

export const moved = (random: Random): Situation[] =>
  [1, 2].flatMap((step) => single(random, { path: [0, step] }))

/** The same slot again, by the same key, by its tag and by chance; and other slots of the same node. */
export const remembered = (random: Random): Situation[] =>
  many(3, () => {
    const [key, other] = [drawUser(random), drawUser(random)]
    const alike = [key, `{${key}}:cart`, keyAlike(key)]
    const commands = [key, ...alike, other, key, other, ...alike].map(GET)
    const fates = [
      ...alike.map((one): Fate => ({ key: one, path: [0, 1], value: one })),
      { key: other, path: [0, 2], value: 'Bob' },
    ]
    return { ...drawMap(random), fates, commands }
  })

/** What one run has learnt is no longer true in the next. */
export const forgotten = (random: Random): Situation[] => {
  const key = drawUser(random)
  const cluster = { ...drawMap(random), commands: [GET(key), GET(key)] }
  return [1, 0, 2].map((step) => ({ ...cluster, fates: [{ key, path: step === 0 ? [0] : [0, step] }] }))
}

/** Only one slot has moved: other slots that its node had by the map are still there. */
export const oneSlotOnly = (random: Random): Situation[] =>
  many(2, () => {
    const { nodes } = drawMap(random)
    const half = 8192
    const map: Range[] = [
      { from: 0, to: half - 1, node: nodes[0] },
      { from: half, to: 16383, node: nodes[1] },
    ]
    const keys = many(5, () => drawUser(random))
    const fates: Fate[] = [{ key: keys[0], path: [0, 2], value: 'Ann' }]
    return { nodes, map, fates, commands: keys.map(GET) }
  })

export const asked = (random: Random): Situation[] =>
  [1, 2].flatMap((movingTo) => single(random, { path: [0], movingTo, isGone: true }))

/** Keys of a slot that is moving: some have moved, others haven't. */
export const askedOnce = (random: Random): Situation[] =>
  many(3, () => {
    const key = drawUser(random)
    const [gone, here, fresh] = [key, `{${key}}:here`, keyAlike(key)]
    const slot: Omit<Fate, 'key'> = { path: [0], movingTo: 1 }
    const fates: Fate[] = [
      { key: gone, ...slot, isGone: true, value: 'Ann' },
      { key: here, ...slot, value: 'Bob' },
    ]
    const commands: Command[] = [GET(gone), GET(here), GET(gone), ['SET', fresh, '1'], GET(here), GET(fresh)]
    return { ...drawMap(random), fates, commands }
  })

/** Redirections that follow each other, and ones that never end. */
export const chained = (random: Random): Situation[] => [
  ...single(random, { path: [0, 1, 2] }),
  ...single(random, { path: [0, 1], movingTo: 2, isGone: true }),
  ...single(random, { path: [0, 1, 0] }),
]

/** Errors that are no redirections, in the middle of other commands. */
export const failing = (random: Random): Situation[] =>
  many(2, () => {
    const [name, count] = [drawUser(random), drawUser(random)]
    const fates: Fate[] = [
      { key: name, path: [0], value: 'Ann' },
      { key: count, path: [0], value: '7' },
    ]
    const commands: Command[] = [['INCR', count], ['INCR', name], GET(name), ['INCR', count]]
    return { ...drawMap(random), fates, commands }
  })
