import { hashFunctions, hashText } from '../../hashing/index.js'
import { HashRing } from '../../placement/index.js'
import { type FindingDraft, reportOf } from '../../report/build.js'
import { countOf, formatCount, formatRatio } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { type NodeChange, nodesOf } from './change.js'
import type { RingSetup } from './setup.js'

export interface DrawingOptions extends RingSetup {
  /** Keys to show on the ring. */
  readonly keys: readonly string[]
  /** Nodes that join or leave, drawn as a second ring. */
  readonly change?: NodeChange
}

/** The ring with its arcs and some keys, before and after a change of nodes. */
export function ringDrawing(options: DrawingOptions): Report {
  const { nodes, change } = options
  const ring = new HashRing(nodes, {
    vnodes: options.vnodes,
    hash: hashFunctions[options.hash],
    seed: options.seed,
  })
  const widest = widestArcs(ring)
  const { joining, leaving } = change ? nodesOf(nodes, change) : { joining: [], leaving: [] }
  const names = [...nodes, ...joining]
  const rings = [snapshot(change ? 'before' : '', ring, names, options.keys)]
  for (const name of joining) ring.add(name)
  for (const name of leaving) ring.remove(name)
  if (change) rings.push(snapshot('after', ring, names, options.keys))
  const [before, after] = rings.map(({ owners }) => owners.map((node) => names[node]))
  return reportOf('ring draw', {
    title: `A ring of ${countOf(nodes.length * options.vnodes, 'point')}: ${formatCount(nodes.length)} × ${countOf(options.vnodes, 'virtual node')}`,
    parameters: {
      nodes: nodes.length,
      vnodes: options.vnodes,
      hash: options.hash,
      seed: options.seed ?? null,
    },
    tables: {
      keys: {
        title: 'Keys on the ring',
        shownElsewhere: true,
        columns: { key: 'key', hash: 'hash', node: 'node', after: after && 'after' },
        rows: options.keys.map((key, i) => ({
          key,
          hash: hashText(ring.hash.hash, key),
          node: before[i],
          ...(after ? { after: after[i] } : {}),
        })),
      },
    },
    figures: [
      {
        kind: 'ring',
        nodes: names,
        rings: rings.map(({ title, arcs }) => ({ title, arcs })),
        keys: options.keys.map((key, i) => ({
          key,
          at: hashText(ring.hash.hash, key) / circleOf(ring),
          nodes: rings.map(({ owners }) => owners[i]),
        })),
      },
    ],
    findings: {
      moved: after && movedFinding(options.keys, before, after),
      arcs: {
        text: `Arcs: ${widest.node} owns ${formatRatio(widest.share, 1)} of the circle${change ? ' before' : ''}, a fair share is ${formatRatio(1 / nodes.length, 1)}.`,
        measured: widest.share,
        expected: 1 / nodes.length,
      },
    },
  })
}

/** A snapshot of a ring, with nodes as indices into the list of all nodes before and after. */
function snapshot(title: string, ring: HashRing, names: readonly string[], keys: readonly string[]) {
  const { positions, owners } = ring.layout
  const index = ring.nodes.map((name) => names.indexOf(name))
  return {
    title,
    arcs: Array.from(positions, (position, i) => ({ at: position / circleOf(ring), node: index[owners[i]] })),
    owners: keys.map((key) => names.indexOf(ring.locate(key))),
  }
}

function circleOf(ring: HashRing): number {
  return 2 ** ring.hash.bits
}

/** The node whose arcs, those that end at its virtual nodes, have the largest total length. */
function widestArcs(ring: HashRing): { node: string; share: number } {
  const { positions, owners } = ring.layout
  const circle = circleOf(ring)
  const lengths = new Float64Array(ring.nodes.length)
  let last = positions[positions.length - 1] - circle
  for (let i = 0; i < positions.length; i++) {
    lengths[owners[i]] += positions[i] - last
    last = positions[i]
  }
  const most = lengths.reduce((a, b) => Math.max(a, b))
  return { node: ring.nodes[lengths.indexOf(most)], share: most / circle }
}

function movedFinding(
  keys: readonly string[],
  before: readonly string[],
  after: readonly string[],
): FindingDraft {
  const moved = keys.filter((_, i) => before[i] !== after[i])
  return {
    text:
      moved.length === 0
        ? 'Moved: none of these keys. Only keys on arcs that changed their owner move.'
        : `Moved: ${moved.join(', ')}. The others keep their owner.`,
    measured: moved.length,
  }
}
