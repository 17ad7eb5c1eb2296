import { beforeEach, describe, expect, test } from 'vitest'
import { CacheNode, type NodeSetup } from '../../src/cache-cluster/cache-node.js'
import type { CacheEntry, Ownership, Reply, Request } from '../../src/cache-cluster/protocol.js'
import { Store } from '../../src/cache-cluster/store.js'
import { policies } from '../../src/eviction/index.js'
import { EventQueue } from '../../src/simulation/event-queue.js'

const entry = (version: number, rest: Partial<CacheEntry> = {}): CacheEntry => ({
  version,
  deleted: false,
  expires: Infinity,
  ...rest,
})

describe('a store', () => {
  test('keeps the newest version, deletions like values', () => {
    const store = new Store(3)
    store.put(0, entry(5), 0)
    store.put(0, entry(4), 0)
    expect(store.get(0, 0)).toEqual(entry(5))
    store.put(0, entry(6, { deleted: true }), 0)
    expect(store.peek(0, 0)).toMatchObject({ version: 6, deleted: true })
    expect(store.count(0)).toBe(0)
    store.put(1, entry(7), 0)
    expect(store.count(0)).toBe(1)
    store.clear()
    expect(store.peek(1, 0)).toBeUndefined()
  })

  test('entries expire at their time, and older ones may follow', () => {
    const store = new Store(1)
    store.put(0, entry(5, { expires: 10 }), 0)
    expect(store.get(0, 9.9)).toBeDefined()
    expect(store.get(0, 10)).toBeUndefined()
    store.put(0, entry(4), 11)
    expect(store.get(0, 11)).toEqual(entry(4))
  })

  test('holds what its policy keeps: a get is a use, a peek is not', () => {
    const options = { capacity: 2, keyCount: 4, seed: 1, rate: 1, requests: new Uint32Array(0) }
    const store = new Store(4, () => policies.lru.create(options))
    store.put(0, entry(1), 0)
    store.put(1, entry(2), 0)
    store.peek(0, 0)
    store.put(2, entry(3), 0)
    expect([0, 1, 2].map((key) => store.peek(key, 0)?.version)).toEqual([undefined, 2, 3])
    store.get(1, 0)
    store.put(3, entry(4), 0)
    expect([1, 2, 3].map((key) => store.peek(key, 0)?.version)).toEqual([2, undefined, 4])
    store.put(2, entry(2), 0)
    expect(store.peek(2, 0)?.version).toBe(2)
  })
})

describe('a node', () => {
  let clock: EventQueue
  let node: CacheNode
  let sent: [node: number, request: Request][]
  /** Node 0 owns keys 0 to 4, node 1 the others, and each holds copies of the other's even keys. */
  const ownership: Ownership = {
    epoch: 1,
    copies: 2,
    owner: (key, rank) => (rank === 0 ? Number(key > 4) : Number(key <= 4)),
    owns: (id, key) => key % 2 === 0 || id === Number(key > 4),
    successorsOf: () => [],
  }
  const create = (changes: Partial<NodeSetup> = {}) =>
    new CacheNode({
      ...{ id: 0, keyCount: 10, serviceTime: 2, lag: 10, clock, ownership },
      peers: { send: (to, request) => sent.push([to, request]) },
      ...changes,
    })
  /** Sends a request now; the reply and its time end up in the list. */
  const ask = (request: Request): { reply?: Reply; at?: number } => {
    const result: { reply?: Reply; at?: number } = {}
    node.handle(request, (reply) => Object.assign(result, { reply, at: clock.now }))
    return result
  }
  const put = (key: number, version: number, forward = false): Request => ({
    ...{ kind: 'put', key, forward },
    entry: entry(version),
  })
  const get = (key: number): Request => ({ kind: 'get', key })

  beforeEach(() => {
    clock = new EventQueue()
    sent = []
    node = create()
  })

  test('serves one request after the other', () => {
    const first = ask(put(0, 1))
    const second = ask(get(0))
    clock.at(10, () => Object.assign(third, ask(get(2))))
    const third: { reply?: Reply; at?: number } = {}
    clock.run()
    expect(first).toEqual({ reply: { status: 'stored' }, at: 2 })
    expect(second).toEqual({ reply: { status: 'found', entry: entry(1) }, at: 4 })
    node.slowness = 10
    const slow = ask(get(2))
    expect(node.backlog).toBe(20)
    clock.run()
    expect(slow).toEqual({ reply: { status: 'missing' }, at: 32 })
  })

  test('killed it refuses and has forgotten all; what it was working on is refused too', () => {
    ask(put(0, 1))
    clock.run()
    const pending = ask(get(0))
    node.kill()
    const refused = ask(get(0))
    expect(refused).toEqual({ reply: { status: 'refused' }, at: 2 })
    clock.run()
    expect(pending.reply).toEqual({ status: 'refused' })
    node.restart()
    const unsure = ask(get(0))
    const alive = ask({ kind: 'ping' })
    clock.run()
    expect(unsure.reply).toEqual({ status: 'unsure' })
    expect(alive.reply).toEqual({ status: 'alive', incarnation: 2 })
  })

  test('hung it never answers, and remembers everything afterwards', () => {
    ask(put(0, 1))
    clock.run()
    const pending = ask(get(0))
    node.state = 'hung'
    const silent = ask(get(0))
    clock.run()
    expect([pending, silent]).toEqual([{}, {}])
    node.state = 'up'
    const answered = ask(get(0))
    clock.run()
    expect(answered.reply).toEqual({ status: 'found', entry: entry(1) })
  })

  test('answers for its own keys only, and only those that it is sure of', () => {
    const foreign = [ask(get(7)), ask(put(7, 1))]
    node.doubt(2)
    const doubted = ask(get(2))
    const written = ask(put(2, 3))
    const still = ask(get(2))
    clock.run()
    expect(foreign.map(({ reply }) => reply?.status)).toEqual(['unsure', 'unsure'])
    expect([doubted, written, still].map(({ reply }) => reply?.status)).toEqual([
      'unsure',
      'stored',
      'unsure',
    ])
    const settled = ask({ kind: 'settle', from: 0, to: 10, epoch: 1, incarnation: 1 })
    const sure = ask(get(2))
    clock.run()
    expect(settled.reply).toEqual({ status: 'stored' })
    expect(sure.reply).toEqual({ status: 'found', entry: entry(3) })
  })

  test.each([
    ['the owners have changed', { epoch: 2, incarnation: 1 }],
    ['it has lost its memory since', { epoch: 1, incarnation: 3 }],
  ])('does not settle what was found out before %s', (_, when) => {
    node.doubt(2)
    const settled = ask({ kind: 'settle', from: 0, to: 10, ...when })
    const asked = ask(get(2))
    clock.run()
    expect(settled.reply).toEqual({ status: 'refused' })
    expect(asked.reply).toEqual({ status: 'unsure' })
  })

  test('settling forgets the keys of others', () => {
    node.store.put(7, entry(1), 0)
    ask({ kind: 'settle', from: 0, to: 10, epoch: 1, incarnation: 1 })
    clock.run()
    expect(node.store.peek(7, clock.now)).toBeUndefined()
  })

  test('passes an asynchronous write on after its lag, if it still lives', () => {
    ask(put(0, 1, true))
    clock.run(11)
    expect(sent).toEqual([])
    clock.run(12)
    expect(sent).toEqual([[1, put(0, 1)]])
    ask(put(2, 2, true))
    clock.run(clock.now + 5)
    node.restart()
    clock.run()
    expect(sent).toHaveLength(1)
  })

  test('scans and copies what it has', () => {
    for (const [key, version] of [
      [0, 5],
      [3, 6],
    ])
      node.store.put(key, entry(version), 0)
    const scanned = ask({ kind: 'scan', from: 0, to: 4 })
    ask({ kind: 'copy', keys: [0, 1, 3], to: 1 })
    clock.run()
    expect(scanned.reply).toMatchObject({ status: 'scanned', incarnation: 1 })
    expect(scanned.reply).toHaveProperty('entries', [entry(5), undefined, undefined, entry(6)])
    expect(sent).toEqual([[1, { kind: 'load', keys: [0, 3], entries: [entry(5), entry(6)] }]])
    ask({ kind: 'load', keys: [1, 7], entries: [entry(8), entry(9)] })
    clock.run()
    expect(node.store.peek(1, clock.now)).toEqual(entry(8))
    expect(node.store.peek(7, clock.now)).toBeUndefined()
  })
})
