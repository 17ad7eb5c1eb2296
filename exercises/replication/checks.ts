import { shown } from '../../src/grading/cases.js'
import { type Check, Failure, type Outcome, type Solution } from '../../src/grading/exercise.js'
import { HashRing } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'
import { Nodes } from './nodes.js'

interface Cluster {
  readonly nodes: readonly string[]
  readonly vnodes: number
  readonly replicas: number
  readonly timeout: number
}

const TIMEOUT_MS = 40
/** How long one read or write may take when a node hangs: far more than a timeout for each owner. */
const PATIENCE_MS = 3000

const STEMS = ['cache', 'node-', 'redis-', 'кеш']
const KINDS = ['user:', 'session:', 'товар:', 'page/']

function cluster(
  random: Random,
  count: number,
  replicas: number,
  vnodes = [1, 3, 20][random.below(3)],
): Cluster {
  const stem = STEMS[random.below(STEMS.length)]
  const from = 1 + random.below(50)
  const nodes = Array.from({ length: count }, (_, i) => `${stem}${from + i}`)
  return { nodes, vnodes, replicas, timeout: TIMEOUT_MS }
}

/** Clusters from the smallest on, so that the first that fails is a small one. */
function clusters(random: Random): Cluster[] {
  const sizes = [
    [1, 1, 1],
    [2, 1, 2],
    [2, 2, 1],
    [3, 2, 2],
    [3, 2, 20],
    [3, 3, 10],
    [5, 3, 3],
    [7, 4, 20],
  ] as const
  return sizes.map(([count, replicas, vnodes]) => cluster(random, count, replicas, vnodes))
}

const key = (random: Random) => `${KINDS[random.below(KINDS.length)]}${random.below(1e6)}`
const value = (random: Random) => `value ${random.below(1e9)}`

function ownersOf({ nodes, vnodes, replicas }: Cluster, key: string): string[] {
  return new HashRing(nodes, { vnodes }).replicas(key, replicas)
}

const list = (names: Iterable<string>) => [...names].join(', ') || 'none'
const words = ({ nodes, vnodes, replicas }: Cluster) =>
  `nodes ${list(nodes)}, vnodes ${vnodes}, replicas ${replicas}`

/** One call, with what it asked of the nodes. */
class Session {
  readonly nodes: Nodes
  /** What happened to the nodes, in words. */
  private fate = ''

  constructor(
    private readonly solution: Solution,
    readonly cluster: Cluster,
  ) {
    this.nodes = new Nodes(cluster.nodes)
  }

  kill(...names: readonly string[]): void {
    for (const name of names) this.nodes.kill(name)
    this.fate = `${list(names)} down`
  }

  hang(name: string): void {
    this.nodes.hang(name)
    this.fate = `${name} hangs`
  }

  /** Puts a key where it belongs, as a write that was done before. */
  fill(key: string, value: string): void {
    for (const owner of ownersOf(this.cluster, key)) this.nodes.store(owner, key, value)
  }

  write(key: string, value: string): Promise<Outcome> {
    return this.call('write', [this.cluster, key, value])
  }

  read(key: string): Promise<Outcome> {
    return this.call('read', [this.cluster, key])
  }

  /** Who was asked in the last call, in order. */
  get asked(): string[] {
    return this.nodes.asks.map(({ node }) => node)
  }

  fail(call: string, problem: string, next: string): never {
    const situation = [words(this.cluster), this.fate, call].filter((part) => part !== '')
    throw new Failure(`${situation.join('; ')}: ${problem}`, next)
  }

  private async call(name: string, parameters: readonly unknown[]): Promise<Outcome> {
    this.nodes.asks = []
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.late(name, String(parameters[1]))), PATIENCE_MS)
    })
    const call = this.solution.call(name, [parameters], this.nodes.service)
    call.catch(() => {}) // Told by the race, unless it is late.
    const [outcome] = await Promise.race([late, call]).finally(() => clearTimeout(timer))
    return outcome
  }

  private late(name: string, key: string): Failure {
    const asked = this.asked.length > 0 ? `asked ${list(this.asked)} and` : 'asked no node and'
    return new Failure(
      `${words(this.cluster)}${this.fate && `; ${this.fate}`}; ${name} ${key}: your ${name} ${asked} did not come back within ${PATIENCE_MS / 1000} seconds`,
      'A node that hangs never answers: give every get and set the timeout as its last argument.',
    )
  }
}

/** The value of a call that has to work. */
function valueFrom(session: Session, call: string, outcome: Outcome, next: string): unknown {
  return 'error' in outcome ? session.fail(call, outcome.error, next) : outcome.value
}

function expectRead(session: Session, key: string, outcome: Outcome, expected: unknown, next: string): void {
  const call = `read ${key}`
  const value = valueFrom(session, call, outcome, next)
  if (session.asked.length === 0) {
    session.fail(
      call,
      `your read asked no node and returned ${shown(value)}`,
      'Keep no values yourself: another client may have changed them. Ask the nodes.',
    )
  }
  if (value !== expected) {
    session.fail(
      call,
      `your read asked ${list(session.asked)} and returned ${shown(value)}; the value is ${shown(expected)}`,
      next,
    )
  }
}

function expectAsked(session: Session, call: string, expected: readonly string[], next: string): void {
  const { asked } = session
  if (asked.length !== expected.length || asked.some((name, i) => name !== expected[i])) {
    session.fail(
      call,
      `your ${call.split(' ')[0]} asked ${list(asked)}; it should ask ${list(expected)}`,
      next,
    )
  }
}

async function copiesAreWhereTheyBelong(solution: Solution, random: Random): Promise<void> {
  const next =
    'The primary is the key’s node on the ring; the other copies are on the next different nodes clockwise.'
  for (const drawn of clusters(random)) {
    const session = new Session(solution, drawn)
    for (let i = 0; i < 6; i++) {
      const [written, content] = [key(random), value(random)]
      const owners = ownersOf(drawn, written)
      const call = `write ${written}`
      const stored = valueFrom(session, call, await session.write(written, content), next)
      const copies = session.nodes.copies(written)
      const isRight = copies.size === owners.length && owners.every((owner) => copies.get(owner) === content)
      if (!isRight) {
        const wrong =
          [...copies.keys()].every((name) => owners.includes(name)) && copies.size === owners.length
            ? ', but with another value'
            : ''
        session.fail(
          call,
          `your copies are on ${list(copies.keys())}${wrong}; they belong on ${list(owners)}`,
          next,
        )
      }
      if (session.asked.length !== owners.length) {
        session.fail(
          call,
          `you sent ${session.asked.length} requests for ${owners.length} copies`,
          'Write to each owner once: that is the price of a copy, and no more.',
        )
      }
      if (stored !== owners.length) {
        session.fail(
          call,
          `you returned ${shown(stored)}; ${owners.length} nodes stored it`,
          'Return how many nodes stored the value.',
        )
      }
    }
  }
}

async function oneHopAndNoMemory(solution: Solution, random: Random): Promise<void> {
  for (const drawn of clusters(random)) {
    const session = new Session(solution, drawn)
    const [known, changed] = [key(random), key(random)]
    await session.write(known, value(random))
    await session.write(changed, value(random))
    // Another client writes, and a key may never have been there.
    const [first, second] = [value(random), value(random)]
    session.fill(known, first)
    session.fill(changed, second)
    const cases = [
      [known, first],
      [changed, second],
      [`never:${random.below(1e6)}`, null],
    ] as const
    for (const [asked, expected] of cases) {
      const next = 'Ask the primary first and return what it answers, also if that is null.'
      expectRead(session, asked, await session.read(asked), expected, next)
      const [primary] = ownersOf(drawn, asked)
      if (expected !== null) expectAsked(session, `read ${asked}`, [primary], next)
    }
  }
}

async function fallBackToTheReplica(solution: Solution, random: Random): Promise<void> {
  const next = 'When the primary fails, ask the next owner clockwise, and return what it answers.'
  for (const drawn of [cluster(random, 2, 2, 1), cluster(random, 3, 2), cluster(random, 5, 2)]) {
    const session = new Session(solution, drawn)
    const dead = drawn.nodes[random.below(drawn.nodes.length)]
    session.kill(dead)
    // Keys whose primary is dead first, then keys that have nothing to do with it.
    const drawnKeys = Array.from({ length: 200 }, () => key(random))
    const orphans = drawnKeys.filter((drawnKey) => ownersOf(drawn, drawnKey)[0] === dead).slice(0, 5)
    const others = drawnKeys.filter((drawnKey) => ownersOf(drawn, drawnKey)[0] !== dead).slice(0, 5)
    for (const asked of [...orphans, ...others]) {
      const content = value(random)
      session.fill(asked, content)
      const owners = ownersOf(drawn, asked)
      expectRead(session, asked, await session.read(asked), content, next)
      expectAsked(session, `read ${asked}`, orphans.includes(asked) ? owners : [owners[0]], next)
    }
  }
}

async function downToTheLastCopy(solution: Solution, random: Random): Promise<void> {
  const next = 'Go through the owners until one answers; when none does, throw an error.'
  for (const drawn of [cluster(random, 3, 3, 1), cluster(random, 5, 3), cluster(random, 6, 4)]) {
    for (let dead = 2; dead <= drawn.replicas; dead++) {
      const session = new Session(solution, drawn)
      const [asked, content] = [key(random), value(random)]
      const owners = ownersOf(drawn, asked)
      session.fill(asked, content)
      session.kill(...owners.slice(0, dead))
      const outcome = await session.read(asked)
      if (dead < owners.length) expectRead(session, asked, outcome, content, next)
      else if ('value' in outcome) {
        session.fail(
          `read ${asked}`,
          `your read returned ${shown(outcome.value)} though no owner answered; it must throw`,
          'null would say that the key is not there, which nobody knows.',
        )
      } else if (outcome.crashed) session.fail(`read ${asked}`, outcome.error, next)
      expectAsked(session, `read ${asked}`, owners.slice(0, dead + 1), next)
    }
  }
}

async function writesGoOn(solution: Solution, random: Random): Promise<void> {
  const next =
    'A set that fails must not keep the other owners from getting the value; count those that took it.'
  for (const drawn of [cluster(random, 2, 2, 1), cluster(random, 3, 2), cluster(random, 5, 3)]) {
    for (let dead = 0; dead <= drawn.replicas; dead++) {
      const session = new Session(solution, drawn)
      const [written, content] = [key(random), value(random)]
      const owners = ownersOf(drawn, written)
      const call = `write ${written}`
      // One of them, or as many as there are.
      const down = dead === drawn.replicas ? owners : owners.slice(dead, dead + 1)
      session.kill(...down)
      const alive = owners.filter((owner) => !down.includes(owner))
      const stored = valueFrom(session, call, await session.write(written, content), next)
      const copies = session.nodes.copies(written)
      if (copies.size !== alive.length || !alive.every((owner) => copies.get(owner) === content)) {
        session.fail(
          call,
          `your copies are on ${list(copies.keys())}; they belong on ${list(alive)}, which are up`,
          next,
        )
      }
      if (stored !== alive.length)
        session.fail(
          call,
          `you returned ${shown(stored)}; ${alive.length} of ${owners.length} owners stored it`,
          next,
        )
    }
  }
}

async function hangingNodes(solution: Solution, random: Random): Promise<void> {
  const next = 'Treat a node that hangs like one that is down, after the timeout.'
  for (const drawn of [cluster(random, 2, 2, 1), cluster(random, 4, 2)]) {
    const session = new Session(solution, drawn)
    const [asked, content] = [key(random), value(random)]
    const owners = ownersOf(drawn, asked)
    session.fill(asked, content)
    session.hang(owners[0])
    expectRead(session, asked, await session.read(asked), content, next)
    expectAsked(session, `read ${asked}`, owners, next)
    const fresh = value(random)
    const stored = valueFrom(session, `write ${asked}`, await session.write(asked, fresh), next)
    if (session.nodes.copies(asked).get(owners[1]) !== fresh || stored !== 1) {
      session.fail(
        `write ${asked}`,
        `you returned ${shown(stored)}; ${owners[1]} has to store the value, and it alone`,
        next,
      )
    }
  }
}

export const checks: readonly Check[] = [
  {
    id: 'copies',
    title: 'each copy on a node of its own, clockwise',
    points: 4,
    run: copiesAreWhereTheyBelong,
  },
  {
    id: 'one-hop',
    title: 'one hop to the primary, and no memory of its own',
    points: 3,
    run: oneHopAndNoMemory,
  },
  {
    id: 'fallback',
    title: 'a dead primary: the replica answers, one hop further',
    points: 4,
    run: fallBackToTheReplica,
  },
  {
    id: 'last-copy',
    title: 'several dead: down to the last copy, and an error without one',
    points: 3,
    run: downToTheLastCopy,
  },
  { id: 'writes', title: 'writes go on while an owner is down', points: 3, run: writesGoOn },
  { id: 'hanging', title: 'a node that hangs', points: 3, run: hangingNodes },
]
