import { beforeEach, describe, expect, test } from 'vitest'
import { CacheClient, type ClientOptions } from '../../src/cache-cluster/client.js'
import type {
  CacheEntry,
  CacheTransport,
  Ownership,
  Reply,
  Request,
} from '../../src/cache-cluster/protocol.js'
import { Versions } from '../../src/cache-cluster/versions.js'
import { EventQueue } from '../../src/simulation/event-queue.js'
import { start, type Task } from '../../src/simulation/task.js'

const entry = (version: number, deleted = false): CacheEntry => ({ version, deleted, expires: Infinity })
const found = (version: number): Reply => ({ status: 'found', entry: entry(version) })
const [MISSING, UNSURE, STORED, REFUSED] = (['missing', 'unsure', 'stored', 'refused'] as const).map(
  (status): Reply => ({ status }),
)

const TIMEOUT = 50
const options: ClientOptions = {
  ...{ mode: 'sync', writeQuorum: 2, readQuorum: 2, timeout: TIMEOUT, remember: 0, hints: false },
}

/** Nodes that answer as they are told, after a millisecond; undefined is silence. Every key is on 2, 0, 1. */
class Script implements CacheTransport, Ownership {
  readonly clock = new EventQueue()
  readonly sent: [node: number, kind: string][] = []
  readonly puts: [node: number, version: number][] = []
  readonly copies = 3
  epoch = 1
  order = [2, 0, 1]
  successors: number[] = []

  constructor(readonly replies: Record<number, Reply | undefined>) {}

  send(node: number, request: Request, answer: (reply: Reply) => void): void {
    this.sent.push([node, request.kind])
    if (request.kind === 'put') this.puts.push([node, request.entry.version])
    const reply = this.replies[node]
    if (reply) this.clock.after(1, () => answer(reply))
  }

  owner(_key: number, rank: number): number {
    return this.order[rank]
  }

  owns(node: number): boolean {
    return this.order.includes(node)
  }

  successorsOf(): number[] {
    return this.successors
  }
}

function client(script: Script, changes: Partial<ClientOptions> = {}): CacheClient {
  return new CacheClient(script.clock, script, script, new Versions(), { ...options, ...changes })
}

/** Runs a task to its end; when it ended. */
function run<T>(script: Script, task: Task<T>): { result: T; at: number } {
  let end: { result: T; at: number } | undefined
  start(task, (result) => {
    end = { result, at: script.clock.now }
  })
  script.clock.run()
  return end!
}

describe('a read from one owner', () => {
  test.each<[string, Record<number, Reply | undefined>, object, number]>([
    ['the primary answers', { 2: found(7) }, { ok: true, node: 2, hops: 1, entry: entry(7) }, 1],
    [
      'the primary says there is none',
      { 2: MISSING, 0: found(7) },
      { ok: true, node: 2, hops: 1, entry: undefined },
      1,
    ],
    ['the primary refuses', { 2: REFUSED, 0: found(7) }, { ok: true, node: 0, hops: 2 }, 2],
    ['the primary is silent', { 0: found(7) }, { ok: true, node: 0, hops: 2 }, TIMEOUT + 1],
    ['the primary is unsure', { 2: UNSURE, 0: found(7) }, { ok: true, node: 0, hops: 2 }, 2],
    ['only the last answers', { 2: REFUSED, 1: found(7) }, { ok: true, node: 1, hops: 3 }, TIMEOUT + 2],
    ['all refuse', { 0: REFUSED, 1: REFUSED, 2: REFUSED }, { ok: false, node: undefined, hops: 3 }, 3],
    ['all are silent', {}, { ok: false, hops: 3 }, 3 * TIMEOUT],
  ])('%s', (_, replies, wanted, at) => {
    const script = new Script(replies)
    const end = run(script, client(script).get(0))
    expect(end.result).toMatchObject(wanted)
    expect(end.at).toBe(at)
  })

  test('gives what it found to an owner that was unsure, and not to one that was silent', () => {
    const script = new Script({ 0: UNSURE, 1: found(7) })
    run(script, client(script).get(0))
    expect(script.puts).toEqual([[0, 7]])
  })

  test('an answer after the timeout changes nothing', () => {
    const script = new Script({})
    const late = client(script)
    script.send = (node, _, answer) =>
      void script.clock.after(node === 2 ? TIMEOUT + 10 : 1, () => answer(found(node)))
    const { result } = run(script, late.get(0))
    expect(result).toMatchObject({ node: 0, entry: entry(0), hops: 2 })
  })
})

describe('a read quorum', () => {
  const quorum: Partial<ClientOptions> = { mode: 'quorum' }

  test('the newest of the answers wins, and who had an older one gets it', () => {
    const script = new Script({ 2: found(5), 0: found(9), 1: found(3) })
    const { result, at } = run(script, client(script, quorum).get(0))
    expect(result).toMatchObject({ ok: true, entry: entry(9), node: 0, hops: 1 })
    expect(at).toBeGreaterThanOrEqual(1)
    expect(script.sent.filter(([, kind]) => kind === 'get')).toEqual([
      [2, 'get'],
      [0, 'get'],
    ])
    expect(script.puts).toEqual([[2, 9]])
  })

  test('asks further owners for those that fail, and fails where too few answer', () => {
    const script = new Script({ 2: REFUSED, 0: found(5), 1: found(6) })
    expect(run(script, client(script, quorum).get(0)).result).toMatchObject({
      ok: true,
      entry: entry(6),
      hops: 2,
    })
    const short = new Script({ 2: REFUSED, 0: found(5), 1: UNSURE })
    expect(run(short, client(short, quorum).get(0)).result).toMatchObject({ ok: false, entry: undefined })
  })

  test('a deletion counts as the newest', () => {
    const script = new Script({ 2: found(5), 0: { status: 'found', entry: entry(9, true) } })
    expect(run(script, client(script, quorum).get(0)).result.entry).toEqual(entry(9, true))
  })
})

describe('a write', () => {
  test.each<[string, Partial<ClientOptions>, Record<number, Reply | undefined>, boolean, number]>([
    ['sync: all have it', {}, { 0: STORED, 1: STORED, 2: STORED }, true, 1],
    ['sync: one refuses', {}, { 0: STORED, 1: REFUSED, 2: STORED }, false, 1],
    ['sync: one is silent', {}, { 0: STORED, 2: STORED }, false, TIMEOUT],
    ['quorum: two have it', { mode: 'quorum' }, { 0: STORED, 2: STORED }, true, 1],
    ['quorum: one has it', { mode: 'quorum' }, { 0: STORED, 1: REFUSED }, false, TIMEOUT],
    ['async: the primary has it', { mode: 'async' }, { 2: STORED }, true, 1],
    ['async: the next owner has it', { mode: 'async' }, { 0: STORED }, true, TIMEOUT + 1],
    ['async: nobody has it', { mode: 'async' }, {}, false, 3 * TIMEOUT],
  ])('%s', (_, changes, replies, ok, at) => {
    const script = new Script(replies)
    const end = run(script, client(script, changes).set(0))
    expect(end.result).toEqual({ ok, version: 1 })
    // A quorum's silent owner is still waited for by its alarm, but not by the write.
    expect(end.at).toBe(at)
  })

  test('async asks nobody but the owner that passes it on', () => {
    const script = new Script({ 2: STORED })
    run(script, client(script, { mode: 'async' }).set(0))
    expect(script.sent).toEqual([[2, 'put']])
  })

  test('is tried once more where owners changed under it, and acknowledged by the new ones only', () => {
    const script = new Script({ 0: STORED, 1: STORED, 2: STORED })
    let tries = 0
    const send = script.send.bind(script)
    script.send = (node, request, answer) => {
      if (node === 2 && tries++ === 0) {
        script.epoch++
        script.order = [3, 0, 1]
        script.replies[3] = STORED
      }
      send(node, request, answer)
    }
    const { result } = run(script, client(script).set(0))
    expect(result).toEqual({ ok: true, version: 1 })
    expect(script.puts.slice(-3).map(([node]) => node)).toEqual([3, 0, 1])
  })

  test('is sent to nodes that will own the key too, but not waited for', () => {
    const script = new Script({ 0: STORED, 1: STORED, 2: STORED })
    script.successors = [5]
    expect(run(script, client(script).set(0))).toEqual({ result: { ok: true, version: 1 }, at: 1 })
    expect(script.puts).toContainEqual([5, 1])
  })

  test('a deletion is a write, and versions ascend', () => {
    const script = new Script({ 0: STORED, 1: STORED, 2: STORED })
    const one = client(script)
    expect(run(script, one.set(0)).result.version).toBe(1)
    expect(run(script, one.delete(0)).result).toEqual({ ok: true, version: 2 })
  })
})

describe('what a client remembers', () => {
  let script: Script
  beforeEach(() => {
    script = new Script({ 2: REFUSED, 0: found(7), 1: found(7) })
  })

  test('a node that failed is asked last for a while', () => {
    const one = client(script, { remember: 100 })
    expect(run(script, one.get(0)).result.hops).toBe(2)
    expect(run(script, one.get(0)).result).toMatchObject({ hops: 1, node: 0 })
    script.clock.run(script.clock.now + 100)
    expect(run(script, one.get(0)).result.hops).toBe(2)
  })

  test('without memory it is asked first every time', () => {
    const one = client(script)
    expect([1, 2, 3].map(() => run(script, one.get(0)).result.hops)).toEqual([2, 2, 2])
  })

  test('hints: what a node missed, the newest of each key, once', () => {
    const one = client(script, { hints: true, mode: 'quorum' })
    Object.assign(script.replies, { 0: STORED, 1: STORED })
    for (const key of [4, 4, 5]) run(script, one.set(key))
    script.puts.length = 0
    one.handOff(2)
    one.handOff(2)
    one.handOff(0)
    expect(script.puts).toEqual([
      [2, 2],
      [2, 3],
    ])
  })

  test('no hints unless asked for', () => {
    const one = client(script, { mode: 'quorum' })
    run(script, one.set(4))
    script.puts.length = 0
    one.handOff(2)
    expect(script.puts).toEqual([])
  })
})
