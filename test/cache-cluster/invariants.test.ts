import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CacheNode } from '../../src/cache-cluster/cache-node.js'
import { CacheClient, type ReadResult } from '../../src/cache-cluster/client.js'
import type { Parts } from '../../src/cache-cluster/cluster.js'
import { broken, promisesOf } from '../../src/cache-cluster/promises.js'
import type { Reply, Request } from '../../src/cache-cluster/protocol.js'
import { Repair } from '../../src/cache-cluster/repair.js'
import { leftOutFinding } from '../../src/experiment/nodes/left-out.js'
import { brokenFinding } from '../../src/experiment/replication/broken-promise.js'
import { promiseFinding } from '../../src/experiment/replication/check.js'
import { timelineCommand } from '../../src/experiment/replication/command-line.js'
import { type EndedRequest, type HistorySetup, runHistory } from '../../src/experiment/replication/history.js'
import { checkSchedules, shrinkCounterexample } from '../../src/experiment/replication/schedules.js'
import { InputError } from '../../src/input-error.js'
import type { Answer } from '../../src/simulation/caller.js'
import { Overload } from '../../src/simulation/event-queue.js'
import type { Fault } from '../../src/simulation/faults.js'
import { withoutMisplaced } from '../../src/simulation/schedules.js'
import type { Task } from '../../src/simulation/task.js'
import { positions, small } from '../experiment/replication/setups.js'
import { byLayer, testOnce } from '../layer.js'

/** Any fault at any time, on four nodes. */
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('kill' as const, 'restart' as const, 'hang' as const),
    at: fc.integer({ min: 100, max: 3000 }),
    node: fc.nat({ max: 3 }),
  }),
  fc.record({
    kind: fc.constant('slow' as const),
    at: fc.integer({ min: 100, max: 3000 }),
    node: fc.nat({ max: 3 }),
    factor: fc.constantFrom(10, 1000, 100_000),
  }),
  fc.record({ kind: fc.constant('heal' as const), at: fc.integer({ min: 100, max: 3000 }) }),
  fc.record({
    kind: fc.constant('partition' as const),
    at: fc.integer({ min: 100, max: 3000 }),
    groups: fc
      .array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 })
      .map((sides) => [0, 1, 2].map((side) => [0, 1, 2, 3].filter((node) => sides[node] === side)))
      .map((groups) => groups.filter((group) => group.length > 0)),
  }),
)
const schedule = fc.array(fault, { maxLength: 10 }).map(withoutMisplaced)

const setups: [string, Partial<HistorySetup>][] = [
  ['sync', { mode: 'sync' }],
  ['async', { mode: 'async' }],
  ['quorum', { mode: 'quorum' }],
  ['sync with hints, two copies', { mode: 'sync', hints: true, replicas: 2 }],
  ['quorum of all writes', { mode: 'quorum', writeQuorum: 3, readQuorum: 1 }],
  ['quorum of all reads', { mode: 'quorum', writeQuorum: 1, readQuorum: 3 }],
  ['one copy', { mode: 'sync', replicas: 1 }],
]

describe.each(setups)('%s', (_, changes) => {
  test('keeps what it promises, whatever breaks', () => {
    fc.assert(
      fc.property(schedule, fc.nat({ max: 1000 }), (faults, seed) => {
        const setup = { ...small, ...changes, faults, seed }
        const { flaws } = runHistory(setup, positions).audit
        for (const promise of promisesOf(setup)) {
          if (promise.isMeant) expect([promise.text, broken(promise, flaws)]).toEqual([promise.text, []])
        }
      }),
      { numRuns: byLayer(20, 120) },
    )
  })
})

testOnce('the same seed gives the same history, message by message, and another seed another', () => {
  const faults: Fault[] = [
    { kind: 'kill', at: 500, node: 1 },
    { kind: 'partition', at: 900, groups: [[0], [1, 2, 3]] },
    { kind: 'heal', at: 1500 },
    { kind: 'restart', at: 1800, node: 1 },
  ]
  const run = (seed: number) => {
    const outcomes: EndedRequest[] = []
    const { cluster, audit, repaired } = runHistory({ ...small, seed, faults, mode: 'quorum' }, positions, {
      ended: (outcome) => outcomes.push(outcome),
    })
    return JSON.stringify([outcomes, cluster.network.messages, audit.flaws, repaired])
  }
  expect(run(5)).toBe(run(5))
  expect(run(5)).not.toBe(run(6))
})

/** Tells a write done as soon as one owner has it. */
class HastyClient extends CacheClient {
  protected override isEnough(_key: number, answers: readonly Answer<Reply>[]): boolean {
    return answers.some(({ reply }) => reply.status === 'stored')
  }
}

/** Wants all owners where a quorum would do. */
class TimidClient extends CacheClient {
  protected override isEnough(key: number, answers: readonly Answer<Reply>[]): boolean {
    const stored = answers.filter(({ reply }) => reply.status === 'stored')
    return stored.length === this.ownership.copies && super.isEnough(key, stored)
  }
}

/** Takes the first answer for the newest. */
class CarelessClient extends CacheClient {
  protected override newest(answers: readonly Answer<Reply>[]): Answer<Reply> {
    return answers.find(({ reply }) => reply.status === 'found') ?? super.newest(answers)
  }
}

/** Waits for the primary for ever. */
class PatientClient extends CacheClient {
  override *get(key: number): Task<ReadResult> {
    const node = this.ownership.owner(key, 0)
    const reply: Reply = yield (resume) => this.transport.send(node, { kind: 'get', key }, resume)
    return {
      ok: reply.status === 'found',
      entry: reply.status === 'found' ? reply.entry : undefined,
      node,
      hops: 1,
    }
  }
}

/** Answers after a restart as if it knew that its keys don't exist. */
class ConfidentNode extends CacheNode {
  override restart(): void {
    super.restart()
    this.sure.fill(1)
  }
}

/** Never forgets what isn't its own any more. */
class HoardingNode extends CacheNode {
  protected override settle(request: Request & { kind: 'settle' }): Reply {
    const keys = Array.from({ length: request.to - request.from }, (_, i) => request.from + i)
    const entries = keys.map((key) => this.store.peek(key, 0))
    const reply = super.settle(request)
    for (const [i, entry] of entries.entries()) if (entry) this.store.put(keys[i], entry, 0)
    return reply
  }
}

/** Answers for the neighbouring key once it has restarted. */
class ConfusedNode extends CacheNode {
  protected override serve(request: Exclude<Request, { kind: 'copy' }>): Reply {
    const isConfused = request.kind === 'get' && this.incarnation > 1 && request.key > 0
    return super.serve(isConfused ? { ...request, key: request.key - 1 } : request)
  }
}

/** Copies nothing. */
class LazyRepair extends Repair {
  protected override plan(): [number, number, number[]][] {
    return []
  }
}

describe('a cluster with one bug in it is found out, by five faults at most', () => {
  test('a schedule whose faults make too much wait is not counted', () => {
    /** Holds nothing while it is slow. */
    class SmallNode extends CacheNode {
      protected override enqueue(effort: number, serve: () => void, refuse: () => void): void {
        if (this.slowness > 1) throw new Overload('too much waits')
        super.enqueue(effort, serve, refuse)
      }
    }
    const setup: HistorySetup = { ...small, faults: [], duration: 500 }
    const range = { setup, positions, first: 1, count: 10 }
    const some = checkSchedules(range, { CacheNode: SmallNode })
    for (const { checked } of some) expect(checked).toBe(some[0].checked)
    expect(some[0].checked).toBeGreaterThan(0)
    expect(some[0].checked).toBeLessThan(10)
    expect(checkSchedules(range)[0].checked).toBe(10)
    const text = 'sync: 3 of 10 schedules not counted:'
    expect(leftOutFinding(7, 10, 'sync')).toMatchObject({ text: expect.stringContaining(text), measured: 3 })
    expect(leftOutFinding(10, 10)).toBe(false)
    expect(() => leftOutFinding(0, 10)).toThrow(InputError)
  })

  const mutants: [bug: string, promise: string, parts: Partial<Parts>, setup: Partial<HistorySetup>][] = [
    ['acknowledges too early', 'survives-1', { CacheClient: HastyClient }, { mode: 'sync', replicas: 2 }],
    ['acknowledges too early', 'survives-2', { CacheClient: HastyClient }, { mode: 'sync' }],
    ['acknowledges too early', 'fresh', { CacheClient: HastyClient }, { mode: 'quorum' }],
    ['wants all owners', 'writable', { CacheClient: TimidClient }, { mode: 'quorum' }],
    ['takes the first answer', 'fresh', { CacheClient: CarelessClient }, { mode: 'quorum' }],
    ['is sure of an empty memory', 'fresh', { CacheNode: ConfidentNode }, { mode: 'sync' }],
    ['hoards', 'copies', { CacheNode: HoardingNode }, { mode: 'sync' }],
    ['repairs nothing', 'copies', { Repair: LazyRepair }, { mode: 'sync' }],
    ['repairs nothing', 'survives-1', { Repair: LazyRepair }, { mode: 'sync', replicas: 2 }],
    ['confuses keys', 'honest', { CacheNode: ConfusedNode }, { mode: 'sync' }],
    ['has no timeout', 'ends', { CacheClient: PatientClient }, { mode: 'sync' }],
  ]

  testOnce.each(mutants)('%s: %s', (_, id, parts, changes) => {
    const setup = { ...small, ...changes }
    const promise = promisesOf(setup).find((candidate) => candidate.id === id)!
    // Until the first schedule that shows it.
    let example: ReturnType<typeof checkSchedules>[number]['first']
    for (let first = 1; !example && first < 300; first += 10) {
      const verdicts = checkSchedules({ setup, positions, first, count: 10 }, parts)
      example = verdicts.find((verdict) => verdict.id === id)?.first
    }
    expect(example).toBeDefined()
    const smallest = shrinkCounterexample({ setup, positions, promise: promise.id, example: example! }, parts)
    expect(smallest.faults.length).toBeLessThanOrEqual(5)
    const again = runHistory({ ...setup, ...smallest }, positions, {}, parts)
    const flaws = broken(promise, again.audit.flaws)
    expect(flaws).not.toEqual([])
    expect(promise.isMeant).toBe(true)
    expect(brokenFinding(setup, promise, flaws)).toMatchObject({ measured: flaws.length, ok: false })
    const command = timelineCommand({ ...setup, ...smallest })
    const finding = promiseFinding({ setup, promise, tried: 9, checked: 9, broken: 7, example: smallest })
    expect(finding).toMatchObject({ command, measured: 7, expected: 0, ok: false })
    // The same schedule on the cluster without the bug.
    expect(broken(promise, runHistory({ ...setup, ...smallest }, positions).audit.flaws)).toEqual([])
  })

  test('each promise that a mode means to keep is broken by one of them', () => {
    const meant = setups.flatMap(([, changes]) =>
      promisesOf({ ...small, ...changes }).flatMap(({ id, isMeant }) => (isMeant ? [id] : [])),
    )
    expect(new Set(mutants.map(([, promise]) => promise))).toEqual(new Set(meant))
  })
})
