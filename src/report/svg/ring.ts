import { arc } from 'd3-shape'
import { letterOf } from '../letters.js'
import { element, join, type Markup } from '../markup.js'
import type { RingFigure } from '../report.js'
import { type Drawing, FONT, fitted, LINE, label, legend, seriesGroup, tipped } from './drawing.js'

type Arcs = RingFigure['rings'][number]['arcs']
const LARGEST = 300
const TURN = 2 * Math.PI

/** Rings side by side where there is room: an arc has its owner's colour, and keys stand where they are on the ring. */
export function drawRings({ nodes, rings, keys }: RingFigure, width: number): Drawing {
  const size = Math.min(LARGEST, width)
  const across = Math.min(rings.length, Math.max(1, Math.floor(width / size)))
  const head = legend(
    nodes.map((name, series) => ({
      name: `${letterOf(series)} ${name}`,
      series,
      sample: element('rect', { class: 'part', x: -10, y: -6, width: 20, height: 12 }),
    })),
    width,
  )
  const height = size + LINE
  const drawn = rings.map((ring, i) =>
    element(
      'g',
      {
        transform: `translate(${(i % across) * (size + 20)} ${head.height + Math.floor(i / across) * height})`,
      },
      label(size / 2, FONT + 2, ring.title, { anchor: 'middle', style: 'name' }),
      element(
        'g',
        { transform: `translate(${size / 2} ${size / 2 + LINE})` },
        ringOf(ring.arcs, i === 0 ? undefined : rings[i - 1].arcs, nodes, size / 2 - 24),
        keys.map((key, number) => keyMark(key, number, nodes[key.nodes[i]], size / 2 - 24)),
      ),
    ),
  )
  const bottom = head.height + Math.ceil(rings.length / across) * height + 8
  const note = rings.length > 1 ? movedNote(bottom) : undefined
  const listAt = bottom + (note ? LINE : 0)
  const list = keyLines(keys, nodes, width, listAt)
  return { width, height: listAt + keys.length * LINE, content: join(head.content, drawn, note, list) }
}

/** A ring, and around it where the owner is another one than on the ring before. */
function ringOf(arcs: Arcs, before: Arcs | undefined, nodes: readonly string[], radius: number): Markup {
  const piece = arc<Piece>()
    .innerRadius(radius * 0.62)
    .outerRadius(radius)
    .startAngle(({ from }) => from * TURN)
    .endAngle(({ to }) => to * TURN)
    .digits(1)
  const shares = new Map<number, Piece[]>()
  for (const one of pieces(arcs)) shares.set(one.node, [...(shares.get(one.node) ?? []), one])
  const sectors = [...shares].map(([node, list]) => {
    const share = list.reduce((sum, { from, to }) => sum + to - from, 0)
    const tip = `${nodes[node]}: ${(share * 100).toFixed(2)}% of the ring in ${list.length} ${list.length === 1 ? 'arc' : 'arcs'}`
    const letters = list.filter(({ from, to }) => (to - from) * TURN * radius * 0.8 > FONT * 1.2)
    return seriesGroup(
      node,
      tipped('path', { class: 'part', d: list.map((one) => piece(one)).join('') }, tip),
      ...letters.map(({ from, to }) => {
        const [x, y] = place((from + to) / 2, radius * 0.81)
        return label(x, y + FONT * 0.35, letterOf(node), { anchor: 'middle', style: 'on' })
      }),
    )
  })
  return join(sectors, before && movedBand(arcs, before, radius))
}

function movedBand(arcs: Arcs, before: Arcs, radius: number): Markup {
  const moved = movedBetween(before, arcs)
  const share = moved.reduce((sum, { from, to }) => sum + to - from, 0)
  const band = arc<Piece>()
    .innerRadius(radius + 3)
    .outerRadius(radius + 8)
    .startAngle(({ from }) => from * TURN)
    .endAngle(({ to }) => to * TURN)
    .digits(1)
  const d = moved.map((one) => band(one)).join('')
  return tipped('path', { class: 'moved', d }, `keys here move: ${(share * 100).toFixed(2)}% of the ring`)
}

/** What the band around a ring stands for. */
const movedNote = (top: number): Markup =>
  join(
    element('rect', { class: 'moved', x: 0, y: top + LINE / 2 - 5, width: 20, height: 5 }),
    label(26, top + LINE - 5, 'keys here move'),
  )

interface Piece {
  readonly from: number
  readonly to: number
  readonly node: number
}

/** Arcs with their beginnings, neighbours of the same node as one. The last virtual node's arc leads over the top. */
function pieces(arcs: Arcs): Piece[] {
  const found: { from: number; to: number; node: number }[] = []
  let from = 0
  for (const { at, node } of [...arcs, { at: 1, node: arcs[0].node }]) {
    const last = found.at(-1)
    if (last?.node === node) last.to = at
    else if (at > from) found.push({ from, to: at, node })
    from = at
  }
  return found
}

/** Where two rings have other owners. */
function movedBetween(before: Arcs, after: Arcs): Piece[] {
  const [a, b] = [pieces(before), pieces(after)]
  const moved: Piece[] = []
  let [i, j, from] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const to = Math.min(a[i].to, b[j].to)
    if (a[i].node !== b[j].node && to > from) moved.push({ from, to, node: b[j].node })
    from = to
    if (a[i].to === to) i++
    if (b[j]?.to === to) j++
  }
  return moved
}

const place = (at: number, radius: number): [x: number, y: number] => [
  Math.sin(at * TURN) * radius,
  -Math.cos(at * TURN) * radius,
]

function keyMark(
  { key, at }: RingFigure['keys'][number],
  number: number,
  node: string,
  radius: number,
): Markup {
  const [x, y] = place(at, radius + 15)
  const [dotX, dotY] = place(at, radius + 2)
  return element(
    'g',
    { class: 'key' },
    tipped('circle', { cx: dotX, cy: dotY, r: 3 }, `${key}: ${node}`),
    label(x, y + FONT * 0.35, String(number + 1), { anchor: 'middle' }),
  )
}

function keyLines(keys: RingFigure['keys'], nodes: readonly string[], width: number, top: number): Markup {
  return join(
    keys.map(({ key, nodes: owners }, i) => {
      const path = [...new Set(owners)].map((owner) => nodes[owner]).join(' → ')
      return label(0, top + (i + 1) * LINE - 5, fitted(`${i + 1} ${key}: ${path}`, width))
    }),
  )
}
