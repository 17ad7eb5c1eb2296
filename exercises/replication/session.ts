import { shown } from '../../src/grading/cases.js'
import { drawNames, oneOf } from '../../src/grading/draw.js'
import { Failure, type Outcome, type Solution } from '../../src/grading/exercise.js'
import { HashRing } from '../../src/placement/index.js'
import type { Random } from '../../src/random/random.js'
import { Nodes } from './nodes.js'

export interface Cluster {
  readonly nodes: readonly string[]
  readonly vnodes: number
  readonly replicas: number
  readonly timeout: number
}

const TIMEOUT_MS = 40
/** How long one read or write may take when a node hangs: far more than a timeout for each owner. */
const PATIENCE_MS = 3000

export function drawCluster(
  random: Random,
  count: number,
  replicas: number,
  vnodes = oneOf([1, 3, 20], random),
): Cluster {
  return { nodes: drawNames(count, random), vnodes, replicas, timeout: TIMEOUT_MS }
}

/** Clusters from the smallest on, so that the first that fails is a small one. */
export function drawClusters(random: Random): Cluster[] {
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
  return sizes.map(([count, replicas, vnodes]) => drawCluster(random, count, replicas, vnodes))
}

export const drawValue = (random: Random) => `value ${random.below(1e9)}`

const rings = new WeakMap<Cluster, HashRing>()

export function ownersOf(cluster: Cluster, key: string): string[] {
  const { nodes, vnodes, replicas } = cluster
  const ring = rings.get(cluster) ?? new HashRing(nodes, { vnodes })
  rings.set(cluster, ring)
  return ring.replicas(key, replicas)
}

export const list = (names: Iterable<string>) => [...names].join(', ') || 'none'
const words = ({ nodes, vnodes, replicas }: Cluster) =>
  `nodes ${list(nodes)}, vnodes ${vnodes}, replicas ${replicas}`

/** One call, with what it asked of the nodes. */
export class Session {
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
export function valueFrom(session: Session, call: string, outcome: Outcome, next: string): unknown {
  return 'error' in outcome ? session.fail(call, outcome.error, next) : outcome.value
}

/** A read that has to ask nodes and to return a value. */
export function expectRead(
  session: Session,
  key: string,
  outcome: Outcome,
  expected: unknown,
  next: string,
): void {
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

/** The nodes that a call has to ask, in order. */
export function expectAsked(session: Session, call: string, expected: readonly string[], next: string): void {
  const { asked } = session
  if (asked.length !== expected.length || asked.some((name, i) => name !== expected[i])) {
    session.fail(
      call,
      `your ${call.split(' ')[0]} asked ${list(asked)}; it should ask ${list(expected)}`,
      next,
    )
  }
}
