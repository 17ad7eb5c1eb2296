import { shown } from '../../src/grading/cases.js'
import { drawKey } from '../../src/grading/draw.js'
import type { Check, Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import {
  drawCluster,
  drawClusters,
  drawValue,
  expectAsked,
  expectRead,
  list,
  ownersOf,
  Session,
  valueFrom,
} from './session.js'

async function copiesAreWhereTheyBelong(solution: Solution, random: Random): Promise<void> {
  const next =
    'The primary is the key’s node on the ring; the other copies are on the next different nodes clockwise.'
  for (const drawn of drawClusters(random)) {
    const session = new Session(solution, drawn)
    for (let i = 0; i < 6; i++) {
      const [written, content] = [drawKey(random), drawValue(random)]
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
  for (const drawn of drawClusters(random)) {
    const session = new Session(solution, drawn)
    const [known, changed] = [drawKey(random), drawKey(random)]
    await session.write(known, drawValue(random))
    await session.write(changed, drawValue(random))
    // Another client writes, and a key may never have been there.
    const [first, second] = [drawValue(random), drawValue(random)]
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
  for (const drawn of [drawCluster(random, 2, 2, 1), drawCluster(random, 3, 2), drawCluster(random, 5, 2)]) {
    const session = new Session(solution, drawn)
    const dead = drawn.nodes[random.below(drawn.nodes.length)]
    session.kill(dead)
    // Keys whose primary is dead first, then keys that have nothing to do with it.
    const drawnKeys = Array.from({ length: 200 }, () => drawKey(random))
    const orphans = drawnKeys.filter((drawnKey) => ownersOf(drawn, drawnKey)[0] === dead).slice(0, 5)
    const others = drawnKeys.filter((drawnKey) => ownersOf(drawn, drawnKey)[0] !== dead).slice(0, 5)
    for (const asked of [...orphans, ...others]) {
      const content = drawValue(random)
      session.fill(asked, content)
      const owners = ownersOf(drawn, asked)
      expectRead(session, asked, await session.read(asked), content, next)
      expectAsked(session, `read ${asked}`, orphans.includes(asked) ? owners : [owners[0]], next)
    }
  }
}

async function downToTheLastCopy(solution: Solution, random: Random): Promise<void> {
  const next = 'Go through the owners until one answers; when none does, throw an error.'
  for (const drawn of [drawCluster(random, 3, 3, 1), drawCluster(random, 5, 3), drawCluster(random, 6, 4)]) {
    for (let dead = 2; dead <= drawn.replicas; dead++) {
      const session = new Session(solution, drawn)
      const [asked, content] = [drawKey(random), drawValue(random)]
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
  for (const drawn of [drawCluster(random, 2, 2, 1), drawCluster(random, 3, 2), drawCluster(random, 5, 3)]) {
    for (let dead = 0; dead <= drawn.replicas; dead++) {
      const session = new Session(solution, drawn)
      const [written, content] = [drawKey(random), drawValue(random)]
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
  for (const drawn of [drawCluster(random, 2, 2, 1), drawCluster(random, 4, 2)]) {
    const session = new Session(solution, drawn)
    const [asked, content] = [drawKey(random), drawValue(random)]
    const owners = ownersOf(drawn, asked)
    session.fill(asked, content)
    session.hang(owners[0])
    expectRead(session, asked, await session.read(asked), content, next)
    expectAsked(session, `read ${asked}`, owners, next)
    const fresh = drawValue(random)
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
