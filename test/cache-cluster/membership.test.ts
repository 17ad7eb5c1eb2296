import { describe, expect, test } from 'vitest'
import { Membership } from '../../src/cache-cluster/membership.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { HashRing, nodeNames } from '../../src/placement/index.js'

const names = nodeNames(5)
const keys = Array.from({ length: 500 }, (_, i) => `key-${i}`)
const positions = Uint32Array.from(keys, (key) => hashText(hashFunctions.md5.hash, key))

function create(members = [0, 1, 2, 3], adopted?: (node: number, key: number) => void) {
  return new Membership(names, members, positions, 3, (some) => new HashRing(some), adopted)
}

/** The owners that a ring over these nodes names. */
function wanted(members: readonly number[], copies: number): string[][] {
  const ring = new HashRing(members.map((node) => names[node]))
  return keys.map((key) => ring.replicas(key, copies))
}

function owners(membership: Membership): string[][] {
  return keys.map((_, key) => membership.ownersOf(key).map((node) => names[node]))
}

describe('membership', () => {
  test('owners are the ring’s replicas, whoever joins or leaves', () => {
    const membership = create()
    expect(owners(membership)).toEqual(wanted([0, 1, 2, 3], 3))
    membership.join(4)
    expect(owners(membership)).toEqual(wanted([0, 1, 2, 3, 4], 3))
    for (const node of [1, 2]) membership.leave(node)
    expect(owners(membership)).toEqual(wanted([0, 3, 4], 3))
    membership.leave(0)
    expect(membership.copies).toBe(2)
    expect(owners(membership)).toEqual(wanted([3, 4], 2))
    membership.leave(3)
    membership.leave(4)
    expect(membership.list()).toEqual([4])
  })

  test('tells who adopted which key, and counts epochs', () => {
    const adopted: string[] = []
    const membership = create([0, 1, 2, 3], (node, key) => adopted.push(`${node} ${key}`))
    expect(adopted).toEqual([])
    const before = owners(membership)
    const { epoch } = membership
    membership.leave(2)
    const after = owners(membership)
    const gained = after.flatMap((nodes, key) =>
      nodes.filter((name) => !before[key].includes(name)).map((name) => `${names.indexOf(name)} ${key}`),
    )
    expect(gained.length).toBeGreaterThan(0)
    expect(adopted.sort()).toEqual(gained.sort())
    expect(membership.epoch).toBe(epoch + 1)
  })

  test('a prepared change: the coming owners may hold keys already, and nobody adopts', () => {
    const adopted: number[] = []
    const membership = create([0, 1, 2, 3], (node) => adopted.push(node))
    membership.prepare([0, 1, 2, 3, 4])
    expect(owners(membership)).toEqual(wanted([0, 1, 2, 3], 3))
    expect(membership.list()).toEqual([0, 1, 2, 3, 4])
    const after = wanted([0, 1, 2, 3, 4], 3)
    const moving = keys.findIndex((_, key) => after[key].includes('node-E'))
    expect(membership.successorsOf(moving)).toEqual([4])
    expect(membership.owns(4, moving)).toBe(true)
    expect(membership.has(4)).toBe(false)
    membership.commit()
    expect(owners(membership)).toEqual(after)
    expect(membership.successorsOf(moving)).toEqual([])
    expect(membership.has(4)).toBe(true)
    expect(adopted).toEqual([])
  })
})
