import type { Solution } from '../../src/grading/exercise.js'
import { type Cluster, type Owners, ringOwners } from './cluster.js'
import { isSame, isSameSet, Session } from './session.js'

/** More keys, so that equal owners of all keys can't be chance. */
export const PROBES = Array.from({ length: 20 }, (_, i) => `probe:${i}`)

/**
 * Judges what a solution does with a key's owners: by the ring's owners first. Where that fails, and the solution puts
 * keys on other nodes, but on some that the key decides, it is judged again in a new process by where the solution
 * itself puts them: a wrong placement costs points once. Throws the failure of the last judgement.
 */
export async function judgeByOwners(
  solution: Solution,
  { cluster, keys, by }: { cluster: Cluster; keys: readonly string[]; by: 'write' | 'read' },
  judgement: (owners: Owners) => Promise<void>,
): Promise<void> {
  const right = ringOwners(cluster)
  try {
    await judgement(right)
  } catch (failure) {
    const own = await ownOwners(solution, cluster, [...keys, ...PROBES]).catch(() => undefined)
    if (!own || !isPlacement(own.written, cluster)) throw failure
    // Copies are written in any order, and at once; they are read one after the other.
    const isRight =
      [...own.written].every(([key, nodes]) => isSameSet(nodes, right(key))) ||
      (by === 'read' && [...own.read].every(([key, nodes]) => isSame(nodes, right(key))))
    if (isRight) throw failure
    await solution.restart()
    await judgement((key) => own.written.get(key) ?? [])
  }
}

/** Which nodes a solution writes each key to when all are up, and which it asks for it when all are down. */
async function ownOwners(solution: Solution, cluster: Cluster, keys: readonly string[]) {
  const [written, read] = [new Map<string, string[]>(), new Map<string, string[]>()]
  await solution.restart()
  for (const key of keys) {
    const session = new Session(solution, cluster)
    await session.write(key, 'value')
    written.set(key, [...new Set(session.asked)])
    session.trouble({ down: cluster.nodes })
    await session.read(key)
    read.set(key, session.asked)
  }
  return { written, read }
}

/** Whether nodes are some of the cluster's, at least two a key where there are copies, and not the same for all keys. */
function isPlacement(
  nodes: ReadonlyMap<string, readonly string[]>,
  { nodes: names, replicas }: Cluster,
): boolean {
  const least = Math.min(2, replicas)
  const first = new Set([...nodes.values()].map(([name]) => name))
  return (
    first.size > 1 &&
    [...nodes.values()].every((some) => some.length >= least && some.every((name) => names.includes(name)))
  )
}
