import { shown } from '../../src/grading/cases.js'
import { type CallResult, Failure, type Solution } from '../../src/grading/exercise.js'
import type { Cluster } from './cluster.js'
import { Nodes, type Trouble, troubles } from './nodes.js'

const MAX_SHOWN = 8

export function list(names: Iterable<string>): string {
  const all = [...names]
  if (all.length > MAX_SHOWN) return `${all.slice(0, 3).join(', ')} … ${all.at(-1)} (${all.length})`
  return all.join(', ') || 'none'
}

export const words = ({ nodes, vnodes, replicas }: Cluster) =>
  `nodes ${list(nodes)}, vnodes ${vnodes}, replicas ${replicas}`

const NEXT_TIMEOUT =
  'A node that hangs never answers: give every get and set the timeout as its last argument.'

/** A cluster's nodes with what happens to them, and calls of a solution that reach them. */
export class Session {
  readonly nodes: Nodes

  constructor(
    private readonly solution: Solution,
    readonly cluster: Cluster,
  ) {
    this.nodes = new Nodes(cluster.nodes)
  }

  /** What is wrong with some nodes from now on; all others are well. */
  trouble(troubled: Partial<Record<Trouble, readonly string[]>>): void {
    this.nodes.troubles.clear()
    for (const trouble of troubles) {
      for (const name of troubled[trouble] ?? []) this.nodes.troubles.set(name, trouble)
    }
  }

  /** Puts a key on some nodes, as other clients do; null takes it away. */
  put(names: readonly string[], key: string, value: string | null): void {
    for (const name of names) this.nodes.put(name, key, value)
  }

  write(key: string, value: string): Promise<CallResult> {
    return this.call('write', [this.cluster, key, value])
  }

  read(key: string): Promise<CallResult> {
    return this.call('read', [this.cluster, key])
  }

  /** Who was asked in the last call, in order. */
  get asked(): string[] {
    return this.nodes.asks.map(({ node }) => node)
  }

  /** Fails with the case: the nodes, what is wrong with them, and the call. */
  fail(call: string, problem: string, next: string): never {
    throw new Failure(`${this.situation(call)}: ${problem}`, next)
  }

  private situation(call: string): string {
    const fate = troubles.flatMap((trouble) => {
      const names = this.cluster.nodes.filter((name) => this.nodes.troubles.get(name) === trouble)
      return names.length > 0 ? [`${list(names)} ${trouble}`] : []
    })
    return [words(this.cluster), ...fate, call].join('; ')
  }

  private async call(name: string, parameters: readonly unknown[]): Promise<CallResult> {
    const lost = new Promise<never>((_, reject) =>
      this.nodes.begin((node) => {
        const problem = `your ${name} asked ${list(this.asked)} and did not return; ${node} never answers`
        reject(new Failure(`${this.situation(`${name} ${shown(parameters[1])}`)}: ${problem}`, NEXT_TIMEOUT))
      }),
    )
    const call = this.solution.call(name, [parameters], this.nodes.service)
    call.catch(() => {}) // The race reports the error unless the other side wins.
    const [outcome] = await Promise.race([lost, call]).finally(() => this.nodes.end())
    return outcome
  }
}

/** The value of a call that has to work. */
export function valueFrom(session: Session, call: string, outcome: CallResult, next: string): unknown {
  return 'error' in outcome ? session.fail(call, outcome.error, next) : outcome.value
}

/** A read that has to ask nodes and to return a value. */
export function expectRead(
  session: Session,
  key: string,
  outcome: CallResult,
  expected: unknown,
  next: string,
): void {
  const call = `read ${shown(key)}`
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
      `your read asked ${list(session.asked)} and returned ${shown(value)}; it should return ${shown(expected)}`,
      next,
    )
  }
}

/** The nodes that a read has to ask, in order. */
export function expectAsked(session: Session, key: string, expected: readonly string[], next: string): void {
  if (!isSame(session.asked, expected)) {
    session.fail(
      `read ${shown(key)}`,
      `your read asked ${list(session.asked)}; it should ask ${list(expected)}`,
      next,
    )
  }
}

export const isSame = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((item, i) => item === b[i])

export const isSameSet = (a: readonly string[], b: readonly string[]) => isSame([...a].sort(), [...b].sort())

/** Enough calls that random choices differ between them. */
const REPEATS = 8

/**
 * Whether a call asks the same nodes each time; where it doesn't, chance decides. One that asks fewer after the first
 * time has kept something.
 */
export async function isSteady(session: Session, name: 'read' | 'write', key: string): Promise<boolean> {
  let longest: string[] = []
  const ways: string[][] = []
  for (let i = 0; i < REPEATS; i++) {
    await (name === 'read' ? session.read(key) : session.write(key, 'value'))
    // A write may ask all at once, in any order.
    const asked = name === 'read' ? session.asked : session.asked.sort()
    if (asked.length > longest.length) longest = asked
    ways.push(asked)
  }
  return ways.every((way) => isWithin(way, longest))
}

/** Whether a list is another without some of its items. */
export function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = 0
  for (const item of all) if (item === some[at]) at++
  return at === some.length
}

/** Fails because the choice is random; the message omits the nodes, which differ from run to run. */
export async function expectSteady(session: Session, name: 'read' | 'write', key: string): Promise<void> {
  if (await isSteady(session, name, key)) return
  session.fail(
    `${name} ${shown(key)}, ${REPEATS} times`,
    `your ${name} does not ask the same nodes each time`,
    'The ring alone decides which nodes have a key, and in which order.',
  )
}
