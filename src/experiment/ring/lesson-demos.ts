import { hashFunctions } from '../../hashing/index.js'
import { numberedKeys } from '../../keys/index.js'
import { createPlacement, HashRing, keyHash, nodeNames, type PlacementName } from '../../placement/index.js'
import { type FindingDraft, reportOf, type TableDraft } from '../../report/build.js'
import { formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { leastMoved, moduloMoved } from '../../stats/ring-theory.js'
import { spread } from '../../stats/summary.js'
import { countKeys, countMoves, type Ownership, ownership } from './counting.js'
import { readKeys } from './setup.js'

const KEYS = 10_000
const VNODES = 150
const SAMPLE = ['user:1001', 'user:1002', 'session:abc', 'cache:page:1']
const SWEEP = [1, 10, 50, 100, 200, 500]
const THREE = nodeNames(3)
const FOUR = nodeNames(4)

/** A part of the lesson's script: its tables, and what they show. */
interface Demo {
  readonly tables: Readonly<Record<string, TableDraft>>
  readonly finding: FindingDraft
}

const hash = hashFunctions.md5
const positions = async (by = hash) => (await readKeys(numberedKeys(KEYS), [by]))[0]
const ringOf = (nodes: readonly string[], vnodes = VNODES) => new HashRing(nodes, { vnodes, hash })
/** The share of the fullest or emptiest node below which the lesson calls a ring good or fair. */
const balanceOf = (range: number) => (range < 0.1 ? 'good' : range < 0.2 ? 'fair' : 'poor')

/** The lesson's demos of consistent hashing in its order. */
const demos = {
  async ring() {
    const ring = ringOf(THREE)
    const counts = await countKeys(ring, await positions())
    const rows = THREE.map((node, i) => ({ node, keys: counts[i], share: counts[i] / KEYS }))
    return {
      tables: {
        ring: {
          title: `1. The ring: ${formatCount(KEYS)} keys on 3 nodes, ${VNODES} virtual nodes each`,
          columns: { node: 'node', keys: ['keys', 'count', 'bar'], share: ['share', 'ratio'] },
          rows,
        },
        owners: {
          title: 'Where four keys are',
          columns: { key: 'key', node: 'node' },
          rows: SAMPLE.map((key) => ({ key, node: ring.locate(key) })),
        },
      },
      finding: {
        text: '1: a key belongs to the first virtual node clockwise. To vary it:',
        command: 'cachelab ring --vnodes 10',
      },
    }
  },

  async change() {
    const hashed = await positions()
    const ring = ringOf(THREE)
    const before = await ownership(ring, hashed)
    ring.add(FOUR[3])
    const added = await ownership(ring, hashed)
    ring.remove(FOUR[1])
    const removed = await ownership(ring, hashed)
    const rows = [
      changeRow('before', before, before),
      changeRow(`add ${FOUR[3]}`, before, added),
      changeRow(`remove ${FOUR[1]}`, added, removed),
    ]
    return {
      tables: {
        change: {
          title: '2. A node joins, and another one leaves',
          columns: {
            change: 'change',
            moved: ['moved', 'count'],
            share: ['share', 'ratio'],
            expected: ['expected', 'ratio'],
            ...Object.fromEntries(FOUR.map((node) => [node, [node, 'count'] as const])),
          },
          rows,
        },
      },
      finding: {
        text: '2: only keys of the node that joins or leaves move. To vary it:',
        command: 'cachelab ring rolling --from 3 --to 6',
      },
    }
  },

  async modulo() {
    const rows = [await movedBy('modulo'), await movedBy('ring')]
    const [modulo, ring] = rows
    return {
      tables: {
        modulo: {
          title: '3. Modulo and the ring: the same fourth node',
          columns: {
            placement: 'placement',
            moved: ['keys moved', 'count'],
            share: ['share', 'ratio'],
            expected: ['expected', 'ratio'],
          },
          rows,
        },
      },
      finding: {
        text: `3: hash mod N moves ${formatRatio(modulo.share, 1)} of the keys, the ring ${formatRatio(ring.share, 1)}. To vary it:`,
        command: 'cachelab ring compare --nodes 4 --add 1',
        measured: modulo.share,
        expected: modulo.expected,
      },
    }
  },

  async vnodes() {
    const hashed = await positions()
    const rows = []
    for (const vnodes of SWEEP) {
      const counts = await countKeys(ringOf(FOUR, vnodes), hashed)
      const [min, max] = [Math.min(...counts) / KEYS, Math.max(...counts) / KEYS]
      const stddev = (spread(counts).stddev * KEYS) / FOUR.length
      rows.push({ vnodes, stddev, min, max, balance: balanceOf(max - min) })
    }
    return {
      tables: {
        vnodes: {
          title: `4. Virtual nodes: ${formatCount(KEYS)} keys on 4 nodes`,
          columns: {
            vnodes: ['virtual nodes', 'count'],
            stddev: ['std dev in keys', 'count'],
            min: ['min', 'ratio'],
            max: ['max', 'ratio'],
            balance: 'balance',
          },
          rows,
        },
      },
      finding: {
        text: '4: the spread falls with the square root of the number of virtual nodes. This is one ring of each size; over many:',
        command: 'cachelab ring sweep --nodes 4',
      },
    }
  },
} satisfies Record<string, () => Promise<Demo>>

export type LessonDemo = keyof typeof demos
export const lessonDemoNames = Object.keys(demos) as LessonDemo[]

/** Runs demos of the lesson with the lesson's own keys, nodes and numbers. */
export async function lessonDemos(names: readonly LessonDemo[]): Promise<Report> {
  const parts: [LessonDemo, Demo][] = []
  for (const name of names) parts.push([name, await demos[name]()])
  return reportOf('demo', {
    title: 'The lesson’s demos of consistent hashing',
    parameters: { keys: KEYS, hash: hash.name },
    tables: Object.assign({}, ...parts.map(([, { tables }]) => tables)),
    findings: Object.fromEntries(parts.map(([name, { finding }]) => [name, finding])),
  })
}

function changeRow(change: string, before: Ownership, after: Ownership) {
  const { moved } = countMoves(before, after)
  const held = FOUR.map((node) => {
    const index = after.nodes.indexOf(node)
    return [node, index < 0 ? null : after.owners.filter((owner) => owner === index).length] as const
  })
  const expected = leastMoved(before.nodes.length, after.nodes.length)
  return { change, moved, share: moved / KEYS, expected, ...Object.fromEntries(held) }
}

/** How many keys a placement moves when the fourth node joins. */
async function movedBy(name: PlacementName) {
  const hashed = await positions(keyHash(name, hash, [THREE.length, FOUR.length]))
  const placement = createPlacement(name, THREE, { vnodes: VNODES, hash, keys: KEYS, loadFactor: 1 })
  const before = await ownership(placement, hashed)
  placement.add(FOUR[3])
  const { moved } = countMoves(before, await ownership(placement, hashed))
  const expected = name === 'modulo' ? moduloMoved(3, 4) : leastMoved(3, 4)
  return { placement: name, moved, share: moved / KEYS, expected }
}
