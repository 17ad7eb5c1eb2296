import { shown } from '../../src/grading/cases.js'
import type { CallResult, Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { type Cluster, drawCluster, drawPlainKeys, drawValue } from './cluster.js'
import { list, Session } from './session.js'

interface Call {
  readonly name: 'read' | 'write'
  readonly key: string
  readonly value: string
}

const callWords = ({ name, key }: Call) => `${name} ${shown(key)}`

/** One call in a cluster whose nodes all have the same value. */
async function make(session: Session, { name, key, value }: Call): Promise<CallResult> {
  if (name === 'write') return await session.write(key, value)
  session.put(session.cluster.nodes, key, value)
  return await session.read(key)
}

/** The node that a call asks first when all is well; fails where it doesn't do its work then. */
async function firstOf(solution: Solution, cluster: Cluster, call: Call): Promise<string> {
  const session = new Session(solution, cluster)
  const outcome = await make(session, call)
  const [first] = session.asked
  const isDone = 'value' in outcome && session.nodes.copies(call.key).size > 0
  if (first === undefined) {
    const problem = 'error' in outcome ? outcome.error : `your ${call.name} asked no node`
    session.fail(callWords(call), problem, 'Ask the nodes.')
  }
  if (!isDone || !cluster.nodes.includes(first))
    session.fail(
      callWords(call),
      'error' in outcome
        ? outcome.error
        : `your ${call.name} asked ${list(session.asked)}, and stored nothing`,
      'Make it work while all nodes are up first.',
    )
  return first
}

/** Result of a call: its value or failure, and the nodes that have the key. */
function seen({ nodes }: Session, { key }: Call, outcome: CallResult): string[] {
  const result = 'value' in outcome ? `returned ${shown(outcome.value)}` : 'failed'
  return [result, `left copies on ${list(nodes.copies(key).keys())}`]
}

/** A node that hangs is handled as the solution handles one that is down. */
export async function hangingNodes(solution: Solution, random: Random): Promise<void> {
  const cluster = drawCluster(random, 5, 3, 4)
  const calls = drawPlainKeys(4, cluster, random).map(
    (key, i): Call => ({ name: i < 2 ? 'read' : 'write', key, value: drawValue(random) }),
  )
  const first: string[] = []
  for (const [i, call] of calls.entries()) {
    first.push(await firstOf(solution, cluster, call))
    await expectAsIfDown(solution, cluster, call, [first[i]])
  }
  for (const [i, call] of calls.entries()) {
    // Where the others hang, the first is down, or it would not be asked further.
    const others = cluster.nodes.filter((name) => name !== first[i])
    await expectAsIfDown(solution, cluster, call, others, [first[i]])
    await expectAsIfDown(solution, cluster, call, cluster.nodes)
  }
}

async function expectAsIfDown(
  solution: Solution,
  cluster: Cluster,
  call: Call,
  hangs: readonly string[],
  down: readonly string[] = [],
): Promise<void> {
  const next = 'Treat a node that hangs like one that is down, after the timeout.'
  const dead = new Session(solution, cluster)
  dead.trouble({ down: [...hangs, ...down] })
  const expected = seen(dead, call, await make(dead, call))
  const session = new Session(solution, cluster)
  session.trouble({ hangs, down })
  const outcome = await make(session, call)
  if ('error' in outcome && outcome.crashed) session.fail(callWords(call), outcome.error, next)
  const got = seen(session, call, outcome)
  const at = got.findIndex((fact, i) => fact !== expected[i])
  if (at < 0) return
  const why = 'error' in outcome ? ` (${outcome.error})` : ''
  session.fail(
    callWords(call),
    `your ${call.name} ${got[at]}${why}; when they are down, it ${expected[at]}`,
    next,
  )
}

const TIMEOUTS_MS = [40, 7, 250, 3000, 60_000]

/** Every get and set is given the cluster's timeout, also by those who have a clock of their own. */
export async function theClustersTimeout(solution: Solution, random: Random): Promise<void> {
  const base = drawCluster(random, 5, 3, 4)
  const [key] = drawPlainKeys(1, base, random)
  for (const name of ['read', 'write'] as const) {
    const call: Call = { name, key, value: drawValue(random) }
    const first = await firstOf(solution, { ...base, timeout: 30 }, call)
    for (const timeout of TIMEOUTS_MS) {
      for (const down of [[], [first]]) {
        const session = new Session(solution, { ...base, timeout })
        session.trouble({ down })
        await make(session, call)
        const other = session.nodes.asks.find((ask) => ask.timeout !== timeout)
        if (other)
          session.fail(
            `${callWords(call)}, timeout ${timeout}`,
            `you gave ${other.what} ${isNone(other.timeout) ? 'no timeout' : `the timeout ${shown(other.timeout)}`}`,
            'Give every get and set cluster.timeout as its last argument.',
          )
      }
    }
  }
}

const isNone = (timeout: unknown) => timeout === undefined || timeout === null
