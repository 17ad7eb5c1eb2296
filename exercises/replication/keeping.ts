import { shown } from '../../src/grading/cases.js'
import { drawNames } from '../../src/grading/draw.js'
import type { Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import {
  type Cluster,
  drawCluster,
  drawKeysWhere,
  drawPlainKeys,
  drawUntil,
  drawValue,
  isPlain,
  ringOwners,
} from './cluster.js'
import { PROBES } from './own.js'
import { expectAsked, expectRead, isSame, isSameSet, isSteady, list, Session, words } from './session.js'

/** Nothing is kept from one call to the next: no value, no node that was down, no ring of another cluster. */
export async function nothingIsKept(solution: Solution, random: Random): Promise<void> {
  const cluster = drawCluster(random, 5, 2, 8)
  const [known, empty, key] = drawPlainKeys(3, cluster, random)
  const siblings = drawUntil(
    () => drawSiblings(random),
    ({ keys }) => keys.length === 2,
  )
  await noValues(solution, cluster, [known, empty], random)
  await solution.restart()
  await noDeadNodes(solution, cluster, key)
  for (const by of ['read', 'write'] as const) {
    await solution.restart()
    await noPreference(solution, siblings, by)
  }
  await solution.restart()
  await noRing(solution, random)
}

async function noValues(
  solution: Solution,
  cluster: Cluster,
  keys: readonly string[],
  random: Random,
): Promise<void> {
  const next = 'Keep no values yourself: other clients change them. Ask the nodes, in every call.'
  const expectNow = async (session: Session, key: string, value: string | null) => {
    session.put(cluster.nodes, key, value)
    expectRead(session, key, await session.read(key), value, next)
  }
  for (const key of keys) {
    const session = new Session(solution, cluster)
    // The solution writes one key, and reads that the other is missing.
    const [written, ...others] = [drawValue(random), drawValue(random), drawValue(random)]
    if (key === keys[0]) await session.write(key, written)
    else await expectNow(session, key, null)
    // Between the reads another client writes, and deletes.
    for (const value of [others[0], null, others[1]]) await expectNow(session, key, value)
    session.trouble({ down: cluster.nodes })
    const outcome = await session.read(key)
    // That it must throw is another check's concern.
    if ('value' in outcome && [written, ...others].includes(outcome.value as string))
      session.fail(
        `read ${shown(key)}`,
        `no node answers, and your read returned ${shown(outcome.value)}`,
        next,
      )
    // The same key in a cluster that begins anew.
    await expectNow(new Session(solution, cluster), key, null)
  }
}

async function noDeadNodes(solution: Solution, cluster: Cluster, key: string): Promise<void> {
  const next = 'Do not store which nodes were down: every call asks them anew.'
  const session = new Session(solution, cluster)
  const content = 'value'
  session.put(cluster.nodes, key, content)
  // Whom it reads from may be left to chance, which is another check's concern.
  const isByRule = await isSteady(session, 'read', key)
  const readers = session.asked
  await session.write(key, content)
  const writers = session.asked
  session.trouble({ down: cluster.nodes })
  await session.read(key)
  await session.write(key, content)
  session.trouble({})
  session.put(cluster.nodes, key, content)
  expectRead(session, key, await session.read(key), content, next)
  if (isByRule) expectAsked(session, key, readers, next)
  await session.write(key, content)
  if (!isSameSet(session.asked, writers))
    session.fail(
      `write ${shown(key)}`,
      `after all nodes were down for a while, you sent it to ${list(session.asked)}; before, to ${list(writers)}`,
      next,
    )
}

/** Two keys of the same primary. */
function drawSiblings(random: Random): { readonly cluster: Cluster; readonly keys: readonly string[] } {
  const cluster = drawCluster(random, 5, 2, 8)
  const [primary] = cluster.nodes
  return {
    cluster,
    keys: drawPlainKeys(2, cluster, random, (key) => ringOwners(cluster)(key)[0] === primary),
  }
}

/** A node that comes back is asked as early as before, whoever answered in the meantime. */
async function noPreference(
  solution: Solution,
  { cluster, keys }: ReturnType<typeof drawSiblings>,
  by: 'read' | 'write',
): Promise<void> {
  const session = new Session(solution, cluster)
  const readers: string[][] = []
  for (const key of keys) {
    session.put(cluster.nodes, key, 'value')
    // Whom it reads from may be left to chance, which is another check's concern.
    if (!(await isSteady(session, 'read', key))) return
    readers.push(session.asked)
  }
  const [[first]] = readers
  // One read each is enough to remember the node that was down, or the one that answered.
  for (const troubled of keys) {
    session.trouble({ down: [first] })
    await (by === 'read' ? session.read(troubled) : session.write(troubled, 'value'))
    session.trouble({})
    for (const [i, key] of keys.entries()) {
      await session.read(key)
      if (!isSame(session.asked, readers[i]))
        session.fail(
          `read ${shown(key)}`,
          `after ${first} was down during ${by} ${shown(troubled)}, your read asked ${list(session.asked)}; before, ${list(readers[i])}`,
          'Remember neither which node was down nor which answered: every call asks the owners in their order.',
        )
    }
  }
}

interface Asked {
  readonly written: readonly string[]
  readonly read: readonly string[]
  /** Result of the read. */
  readonly found: string
}

/** Nodes asked by a write of each key, and by a read after it. */
async function askedIn(solution: Solution, cluster: Cluster, keys: readonly string[]): Promise<Asked[]> {
  const answers: Asked[] = []
  for (const key of keys) {
    const session = new Session(solution, cluster)
    await session.write(key, `the value of ${key}`)
    const written = session.asked.sort()
    const outcome = await session.read(key)
    answers.push({ written, read: session.asked, found: shown('value' in outcome ? outcome.value : null) })
  }
  return answers
}

interface Variant {
  readonly cluster: Cluster
  /** Whether keys are asked for that other nodes own than in the first cluster. */
  readonly isNew: boolean
}

/** Clusters that have much in common. */
function variants(random: Random): Variant[] {
  const [extra, other, ...names] = drawNames(7, random)
  const base = { ...drawCluster(random, 0, 2, 8), nodes: names }
  const fresh = (change: Partial<Cluster>): Variant => ({ cluster: { ...base, ...change }, isNew: true })
  const like = (change: Partial<Cluster>): Variant => ({ cluster: { ...base, ...change }, isNew: false })
  return [
    like({}),
    fresh({ vnodes: 3 }),
    fresh({ replicas: 3 }),
    like({ nodes: [...names, extra] }),
    fresh({ nodes: [other, ...names.slice(1)] }),
    like({ nodes: names.slice(1) }),
    like({ nodes: [...names].reverse() }),
  ]
}

const KEYS = 4

/** What is new in some of the clusters is new for each of the keys. */
function drawVariants(random: Random): { clusters: readonly Cluster[]; keys: readonly string[] } {
  const drawn = variants(random)
  const [base] = drawn
  const isMoved = (key: string, { cluster, isNew }: Variant) =>
    !isNew || !isSameSet(ringOwners(cluster)(key), ringOwners(base.cluster)(key))
  const keys = drawKeysWhere(KEYS, random, (key) =>
    drawn.every((one) => isPlain(one.cluster, key) && isMoved(key, one)),
  )
  return { clusters: drawn.map(({ cluster }) => cluster), keys }
}

async function noRing(solution: Solution, random: Random): Promise<void> {
  const { clusters, keys } = drawUntil(
    () => drawVariants(random),
    (drawn) => drawn.keys.length === KEYS,
  )
  const answers: Asked[][] = []
  for (const cluster of clusters) answers.push(await askedIn(solution, cluster, keys))
  const [[{ written, read }]] = answers
  if (written.length === 0)
    new Session(solution, clusters[0]).fail(
      `write ${shown(keys[0])}`,
      'your write asked no node',
      'Ask the nodes.',
    )
  const isFirst = (answer: Asked) => isSame(answer.written, written) && isSame(answer.read, read)
  // A few keys may have the same nodes by chance; with more of them it is none.
  if (answers[0].every(isFirst) && (await askedIn(solution, clusters[0], PROBES)).every(isFirst))
    new Session(solution, clusters[0]).fail(
      `write and read ${keys.map(shown).join(', ')}`,
      `you asked the same nodes for all keys, ${list(written)}`,
      'Build the ring, and look where each key belongs.',
    )
  for (const [i, cluster] of clusters.entries()) {
    if (keys.every((key, k) => isRight(ringOwners(cluster)(key), answers[i][k]))) continue
    // Wrong as such, or because of what was asked before?
    await solution.restart()
    const alone = await askedIn(solution, cluster, keys)
    const at = alone.findIndex(
      (answer, k) => !isSame(answer.written, answers[i][k].written) || answer.found !== answers[i][k].found,
    )
    if (at >= 0) tellKept(new Session(solution, cluster), keys[at], answers[i][at], alone[at], clusters[0])
  }
}

const isRight = (owners: readonly string[], { written, read }: Asked) =>
  isSameSet(written, owners) && isSame(read, owners.slice(0, 1))

function tellKept(session: Session, key: string, after: Asked, alone: Asked, before: Cluster): never {
  const isWrite = !isSame(after.written, alone.written)
  const [then, now] = isWrite
    ? [`asked ${list(after.written)}`, `asks ${list(alone.written)}`]
    : [`found ${after.found}`, `finds ${alone.found}`]
  session.fail(
    `${isWrite ? 'write' : 'read'} ${shown(key)}`,
    `after calls with ${words(before)} it ${then}; in a new process it ${now}`,
    'Build the ring from the cluster that each call is given: it may differ between calls.',
  )
}
