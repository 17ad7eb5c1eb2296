import { describe, expect, test } from 'vitest'
import { buildCluster } from '../../../src/experiment/cluster/build.js'
import { clusterDefaults } from '../../../src/experiment/cluster/setup.js'
import { type Plain, plain } from '../../../src/redis/present.js'
import type { Sent } from '../../../src/redis-deployment/cluster/client.js'
import { assignReplicas, slotRanges } from '../../../src/redis-deployment/cluster/layout.js'
import { crcOf, hashedPart, slotOf, slotOfText } from '../../../src/redis-deployment/cluster/routing.js'
import recorded from '../../fixtures/cluster-7.0.15.json' with { type: 'json' }
import keySlots from '../../fixtures/redis-key-slots.json' with { type: 'json' }

/** Source and destination of the slot that moves, a replica, or a node by number. */
const NODES: Record<string, number> = { S: 2, D: 0, R: 3 }
/** The first port of the recorded cluster, and of ours. */
const PORTS = [22000, 7000] as const

function ported(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/\b2200(\d)\b/g, `${PORTS[1]}`.slice(0, 3).concat('$1')))
}

class Session {
  private readonly cluster = buildCluster(clusterDefaults)
  private readonly connections = this.cluster.connections[0]

  constructor() {
    this.cluster.world.clock.run(3000)
  }

  ask(node: number, words: readonly (string | number)[]): Plain {
    let sent: Sent | undefined
    const { clock } = this.cluster.world
    this.connections.ask(this.cluster.plan.addresses[node], [words.map(String)])((answer) => {
      sent = answer
    })
    while (sent === undefined) clock.step()
    return plain((sent as readonly never[])[0])
  }

  /** The slot is on its way from one node to another. */
  open(slot: number, from: number, to: number): void {
    const name = (node: number) => this.ask(node, ['CLUSTER', 'MYID']) as string
    this.ask(to, ['CLUSTER', 'SETSLOT', slot, 'IMPORTING', name(from)])
    this.ask(from, ['CLUSTER', 'SETSLOT', slot, 'MIGRATING', name(to)])
  }
}

/** Of CLUSTER SLOTS the ranges and their masters: names are the server's own, and its replicas were late. */
const ranges = (reply: unknown) =>
  (reply as unknown[][]).map(([from, to, master]) => [from, to, (master as unknown[]).slice(0, 2)])

const fields = (info: string) =>
  Object.fromEntries(
    info
      .trim()
      .split('\r\n')
      .map((line) => line.split(':')),
  )

test('nodes answer what a cluster of Redis 7.0.15 was recorded to answer', () => {
  const session = new Session()
  let opening: [slot: number, from: number, to: number] | undefined
  for (const [who, ...rest] of recorded.replies as unknown[][]) {
    if (who === 'slot') {
      opening = rest as [number, number, number]
      continue
    }
    if (who === 'same node') {
      // The recording went on with a new connection.
      session.ask(NODES.S, ['DISCARD'])
      continue
    }
    const [words, reply] = rest as [(string | number)[], unknown]
    // Two keys were written first; the slot was opened before the first ASK.
    if (opening && JSON.stringify(reply).includes('ASK')) {
      session.open(...opening)
      opening = undefined
    }
    const ours = session.ask(typeof who === 'number' ? who : NODES[who as string], ported(words) as string[])
    const what = `${who}> ${words.join(' ')}`
    if (words[1] === 'SLOTS') expect([what, ranges(ours)]).toEqual([what, ranges(ported(reply))])
    else if (words[1] === 'INFO') expect(fields(reply as string), what).toMatchObject(fields(ours as string))
    else expect([what, ours]).toEqual([what, ported(reply)])
  }
})

describe('slots', () => {
  test.each(keySlots as [string, number][])('%j is in slot %i', (key, slot) => {
    expect(slotOfText(key)).toBe(slot)
    expect(slotOf(Buffer.from(key).toString('latin1'))).toBe(slot)
    expect(crcOf(hashedPart(key)) % 16384).toBe(slot)
  })

  test('the first { and the next } after it make a tag, an empty one makes none', () => {
    const tags = {
      'a{b}c': 'b',
      'a{b}{c}': 'b',
      'a{{b}}': '{b',
      'a}b{c}': 'c',
      '{}{b}': '{}{b}',
      'a{b': 'a{b',
      '{': '{',
    }
    for (const [key, tag] of Object.entries(tags)) expect([key, hashedPart(key)]).toEqual([key, tag])
  })

  test('CLUSTER KEYSLOT says the same', () => {
    const session = new Session()
    for (const [key, slot] of keySlots as [string, number][])
      expect(session.ask(0, ['CLUSTER', 'KEYSLOT', Buffer.from(key).toString('latin1')])).toBe(slot)
  })
})

test.each(Object.entries(recorded.create))(
  'redis-cli --cluster create, %s nodes/replicas',
  (shape, lines) => {
    const [nodes, replicas] = shape.split('/').map(Number)
    const masters = nodes / (replicas + 1)
    const address = (node: number) => `127.0.0.1:${PORTS[0] + node}`
    const { masterOf } = assignReplicas(new Array(nodes).fill('127.0.0.1'), masters, replicas)
    const ours = [
      ...slotRanges(masters).map(([from, to], i) => `Master[${i}] -> Slots ${from} - ${to}`),
      ...[...masterOf].map(([replica, master]) => `Adding replica ${address(replica)} to ${address(master)}`),
    ]
    // The first line was cut off.
    expect(ours.slice(1)).toEqual(lines)
  },
)
