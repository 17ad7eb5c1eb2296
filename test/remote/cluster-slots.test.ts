import { expect, test } from 'vitest'
import { SLOTS } from '../../src/placement/slots.js'
import { slotOf } from '../../src/redis-deployment/cluster/routing.js'
import { nodeAddress, parseAddresses } from '../../src/remote/address.js'
import { readSlots, slotTags } from '../../src/remote/cluster-slots.js'
import type { RedisConnection } from '../../src/remote/redis-connection.js'

test('each slot has a tag that puts a key there', () => {
  const tags = slotTags()
  expect(tags).toHaveLength(SLOTS)
  expect(tags.every((tag, slot) => slotOf(`cachelab:{${tag}}:7`) === slot)).toBe(true)
})

test.each([
  ['10.0.0.2:7001', 'rediss://10.0.0.2:7001'],
  [':7002', 'rediss://cache.example:7002'],
  ['?:7002', 'rediss://cache.example:7002'],
  ['2001:db8::1:7003', 'rediss://[2001:db8::1]:7003'],
])('a node of a cluster that is named %s', (node, wanted) => {
  const [from] = parseAddresses('--connect', 'rediss://cache.example:7000')
  expect(nodeAddress(from, node).text).toBe(wanted)
})

/** A node that answers CLUSTER SLOTS. */
const answering = (reply: unknown): RedisConnection => ({
  on: () => {},
  connect: () => Promise.resolve(),
  sendCommand: () => (reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply)),
  destroy: () => {},
})

test('the slot map of a cluster, with replicas and ranges in any order', async () => {
  const a = ['10.0.0.1', 7000, 'id-a']
  const b = [null, 7001, 'id-b']
  const reply = [
    [10_000, 16_383, a],
    [5000, 9999, b, ['10.0.0.3', 7002, 'id-c']],
    [0, 4999, a],
  ]
  const map = await readSlots(answering(reply), 'redis://10.0.0.1:7000')
  expect(map!.masters).toEqual(['10.0.0.1:7000', ':7001'])
  expect([0, 4999, 5000, 9999, 10_000, 16_383].map((slot) => map!.owners[slot])).toEqual([0, 0, 1, 1, 0, 0])
})

test('slots without a node are refused, and a server without slots has no map', async () => {
  const label = 'redis://10.0.0.1:7000'
  await expect(readSlots(answering([[0, 16_382, ['10.0.0.1', 7000]]]), label)).rejects.toThrow(
    'the cluster of redis://10.0.0.1:7000 has no node for 1 of its 16384 slots',
  )
  class SimpleError extends Error {}
  const disabled = new SimpleError('ERR This instance has cluster support disabled')
  expect(await readSlots(answering(disabled), label)).toBeUndefined()
  class SocketClosedUnexpectedlyError extends Error {}
  const closed = new SocketClosedUnexpectedlyError('Socket closed unexpectedly')
  await expect(readSlots(answering(closed), label)).rejects.toThrow('Socket closed')
})
