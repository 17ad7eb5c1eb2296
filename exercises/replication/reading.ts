import { shown } from '../../src/grading/cases.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import {
  type Cluster,
  drawCluster,
  drawPlainKeys,
  drawUntil,
  drawValue,
  ODD_VALUES,
  ringOwners,
} from './cluster.js'
import { judgeByOwners } from './own.js'
import { expectAsked, expectRead, expectSteady, isSame, isSameSet, isWithin, Session } from './session.js'
import { hasNeighbours } from './writing.js'

const OLDER = 'an older value'

export async function oneHop(solution: Solution, random: Random): Promise<void> {
  const next = 'Ask the primary first and return what it answers, whatever that is.'
  const cluster = drawCluster(random, 5, 3, 8)
  const contents = [drawValue(random), null, ...ODD_VALUES, null]
  const [spare, ...keys] = drawPlainKeys(contents.length + 1, cluster, random)
  await judgeByOwners(solution, { cluster, keys, by: 'read' }, async (ownersOf) => {
    await expectSteady(new Session(solution, cluster), 'read', spare)
    for (const [i, key] of keys.entries()) {
      const session = new Session(solution, cluster)
      const [primary] = ownersOf(key)
      // All others have something older, but for the last key, which is nowhere.
      if (i < keys.length - 1) session.put(cluster.nodes, key, OLDER)
      session.put([primary], key, contents[i])
      expectRead(session, key, await session.read(key), contents[i], next)
      expectAsked(session, key, [primary], next)
    }
  })
}

/** The nodes that a solution asks for each key, each key in a new process. */
async function askedFor(
  solution: Solution,
  cluster: Cluster,
  keys: readonly string[],
  down: readonly string[],
): Promise<string[][]> {
  const asked: string[][] = []
  for (const key of keys) {
    const session = new Session(solution, cluster)
    session.trouble({ down })
    await session.read(key)
    asked.push(session.asked)
  }
  const session = new Session(solution, cluster)
  session.trouble({ down: down.length > 0 ? down : asked[0].slice(0, 1) })
  await expectSteady(session, 'read', keys[0])
  await solution.restart()
  return asked
}

/**
 * A key whose next two virtual nodes are one node's, others of the same primary whose further owners are in the order
 * of the list for some and in another one for others, and keys of other primaries.
 */
function drawOrphans(random: Random) {
  const cluster = drawCluster(random, 5, 3, 8)
  const placesOf = (key: string) => ringOwners(cluster)(key).map((name) => cluster.nodes.indexOf(name))
  const found = drawPlainKeys(1, cluster, random, (one) => hasNeighbours(cluster, one))
  const orphans = (isListed: boolean) =>
    drawPlainKeys(3, cluster, random, (one) => {
      const [primary, second, third] = placesOf(one)
      return found.some((key) => one !== key && primary === placesOf(key)[0]) && second < third === isListed
    })
  const parts = [found, orphans(true), orphans(false)]
  const others = drawPlainKeys(5, cluster, random, (one) => !parts.flat().includes(one))
  return { cluster, keys: [...parts.flat(), ...others], isComplete: parts.every((part) => part.length > 0) }
}

export async function fallBackToTheReplica(solution: Solution, random: Random): Promise<void> {
  const next = 'When the primary fails, ask the next owner clockwise, and return what it answers.'
  const { cluster, keys } = drawUntil(
    () => drawOrphans(random),
    (drawn) => drawn.isComplete,
  )
  const [key] = keys
  const contents = keys.map(() => drawValue(random))
  await judgeByOwners(solution, { cluster, keys, by: 'read' }, async (ownersOf) => {
    const first = (await askedFor(solution, cluster, keys, [])).map(([name]) => name)
    const session = new Session(solution, cluster)
    const [dead] = first
    if (!ownersOf(key).includes(dead))
      session.fail(`read ${shown(key)}`, `your read asks ${dead ?? 'none'} first, no owner of the key`, next)
    // That the primary comes first is another check's concern.
    const isOrdered = keys.every((one, i) => ownersOf(one)[0] === first[i])
    session.trouble({ down: [dead] })
    for (const [i, one] of keys.entries()) {
      const owners = ownersOf(one)
      session.put(cluster.nodes, one, OLDER)
      session.put(owners, one, contents[i])
      expectRead(session, one, await session.read(one), contents[i], next)
      const { asked } = session
      const left = owners.filter((owner) => owner !== dead)
      const second = isOrdered ? left[0] : (left.find((owner) => owner === asked.at(-1)) ?? left[0])
      const expected = first[i] === dead ? [dead, second] : [first[i]]
      // That a dead node is asked anew is another one's too.
      const isKnown = i > 0 && asked.at(-1) === expected.at(-1) && isWithin(asked, expected)
      if (!isKnown) expectAsked(session, one, expected, next)
    }
    if (!isOrdered) return
    // The replica doesn't have it: that is an answer, though the third one has something.
    const [, second, third] = ownersOf(key)
    session.put(cluster.nodes, key, null)
    if (third !== undefined) session.put([third], key, OLDER)
    expectRead(session, key, await session.read(key), null, next)
    if (session.asked.at(-1) !== second) expectAsked(session, key, [dead, second], next)
  })
}

export async function downToTheLastCopy(solution: Solution, random: Random): Promise<void> {
  const cluster = drawCluster(random, 8, 4, 1)
  // Which of the owners is up; the last key has none.
  const keys = drawPlainKeys(cluster.replicas + 1, cluster, random)
  const contents = keys.map(() => drawValue(random))
  await judgeByOwners(solution, { cluster, keys, by: 'read' }, async (ownersOf) => {
    const asked = await askedFor(solution, cluster, keys, cluster.nodes)
    // An order that is wrong from the beginning is another check's concern.
    const isOrdered = keys.every((key, i) => isSame(asked[i].slice(0, 2), ownersOf(key).slice(0, 2)))
    for (const [i, key] of keys.entries()) {
      const owners = ownersOf(key)
      const session = new Session(solution, cluster)
      const up = i < cluster.replicas ? owners[i] : undefined
      session.put(cluster.nodes, key, OLDER)
      session.put(owners, key, contents[i])
      session.trouble({ down: owners.filter((owner) => owner !== up) })
      // That a call knows which nodes were down before is another check's concern.
      await solution.restart()
      await expectDownTo(session, key, { content: contents[i], owners, up, isOrdered })
    }
  })
}

interface Fallen {
  readonly content: string
  readonly owners: readonly string[]
  /** The only owner that is up; none where there is none. */
  readonly up: string | undefined
  /** Whether the order of the owners counts. */
  readonly isOrdered: boolean
}

async function expectDownTo(
  session: Session,
  key: string,
  { content, owners, up, isOrdered }: Fallen,
): Promise<void> {
  const next = 'Go through the owners until one answers; when none does, throw an error.'
  const call = `read ${shown(key)}`
  const outcome = await session.read(key)
  if (up !== undefined) expectRead(session, key, outcome, content, next)
  else if ('value' in outcome) {
    session.fail(
      call,
      `your read returned ${shown(outcome.value)} though no owner answered; it must throw`,
      'null means that the key is not in the cache, and that is unknown here.',
    )
  } else if (outcome.crashed) session.fail(call, outcome.error, next)
  const { asked } = session
  const isDone =
    up === undefined
      ? isSameSet(asked, owners)
      : asked.at(-1) === up &&
        new Set(asked).size === asked.length &&
        asked.every((name) => owners.includes(name))
  const expected = up === undefined ? owners : owners.slice(0, owners.indexOf(up) + 1)
  if (isOrdered || !isDone) expectAsked(session, key, expected, next)
}
