import type { Paint } from './paint.js'
import type { RingPlot } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

const ROWS = 15
const COLUMNS = 29
/** The circle's radius within the grid; keys stand just outside it. */
const RADIUS = { ring: 0.84, keys: 1 }
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The most nodes that a drawing can tell apart: a letter or digit each. */
export const MAX_DRAWN_NODES = LETTERS.length
/** The most keys that a drawing has marks for. */
export const MAX_DRAWN_KEYS = 9

/**
 * Rings as circles of letters, position 0 at the top, clockwise; each letter is the node that owns that spot.
 * Where virtual nodes stand far enough apart each one is a capital, and the arc that leads to it is in small
 * letters. Keys are digits outside the circle, explained beside it.
 */
export function renderRing(plot: RingPlot, width: number, paint: Paint): string[] {
  const sideBySide = plot.rings.length * (COLUMNS + 2) + 14 <= width
  const sparse =
    plot.nodes.length <= 26 && plot.rings.every((ring) => ring.arcs.length * 3 <= circle(RADIUS.ring).length)
  const drawings = plot.rings.map((ring) => [
    ...(ring.title === '' ? [] : [{ text: paint.bold(ring.title), width: displayWidth(ring.title) }]),
    ...draw(plot, ring.arcs, sparse, paint).map((text) => ({ text, width: COLUMNS })),
  ])
  const rings = sideBySide
    ? drawings[0].map((_, row) => drawings.map((lines) => padded(lines[row])).join('  '))
    : drawings.flatMap((lines) => lines.map(padded))
  const room = width - (COLUMNS + 2) * (sideBySide ? plot.rings.length : 1)
  const legend = [...(plot.rings[0].title === '' ? [] : ['']), ...legendLines(plot, paint, sparse, room)]
  return Array.from({ length: Math.max(rings.length, legend.length) }, (_, row) =>
    `${rings[row] ?? ' '.repeat(COLUMNS)}  ${legend[row] ?? ''}`.trimEnd(),
  )
}

function padded({ text, width }: { text: string; width: number }): string {
  return text + ' '.repeat(COLUMNS - width)
}

function draw(
  plot: RingPlot,
  arcs: RingPlot['rings'][number]['arcs'],
  sparse: boolean,
  paint: Paint,
): string[] {
  const grid = Array.from({ length: ROWS }, () => new Array<string>(COLUMNS).fill(' '))
  const spots = circle(RADIUS.ring)
  for (const spot of spots) {
    const node = ownerAt(arcs, spot.at)
    grid[spot.row][spot.column] = paint.block(node, sparse ? LETTERS[node].toLowerCase() : LETTERS[node])
  }
  if (sparse) {
    for (const arc of arcs) {
      const spot = nearest(spots, arc.at)
      grid[spot.row][spot.column] = paint.bold(paint.block(arc.node, LETTERS[arc.node]))
    }
  }
  const outside = circle(RADIUS.keys)
  for (const [i, key] of plot.keys.entries()) {
    const free = outside.filter((spot) => grid[spot.row][spot.column] === ' ')
    const spot = nearest(free, key.at)
    grid[spot.row][spot.column] = paint.bold(String(i + 1))
  }
  return grid.map((row) => row.join(''))
}

interface Spot {
  readonly row: number
  readonly column: number
  readonly at: number
}

/** The cells of a circle, clockwise from the top; radius 1 touches the grid's edge. */
function circle(radius: number): Spot[] {
  const middle = { row: (ROWS - 1) / 2, column: (COLUMNS - 1) / 2 }
  const spots = new Map<number, Spot>()
  for (let step = 0; step < 720; step++) {
    const angle = (step / 720) * 2 * Math.PI
    const row = Math.round(middle.row - Math.cos(angle) * middle.row * radius)
    const column = Math.round(middle.column + Math.sin(angle) * middle.column * radius)
    // A cell is about twice as high as it is wide.
    const seen = Math.atan2((column - middle.column) / middle.column, (middle.row - row) / middle.row)
    const cell = row * COLUMNS + column
    if (!spots.has(cell)) spots.set(cell, { row, column, at: (seen / (2 * Math.PI) + 1) % 1 })
  }
  return [...spots.values()]
}

function nearest(spots: readonly Spot[], at: number): Spot {
  const distance = (spot: Spot) => Math.min(Math.abs(spot.at - at), 1 - Math.abs(spot.at - at))
  return spots.reduce((best, spot) => (distance(spot) < distance(best) ? spot : best))
}

/** The node that owns a position: that of the first virtual node beyond it. */
function ownerAt(arcs: RingPlot['rings'][number]['arcs'], at: number): number {
  let low = 0
  let high = arcs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (arcs[middle].at > at) high = middle
    else low = middle + 1
  }
  return arcs[low % arcs.length].node
}

function legendLines(plot: RingPlot, paint: Paint, sparse: boolean, room: number): string[] {
  const most = ROWS - 2 - plot.keys.length
  const shown = plot.nodes.length > most ? plot.nodes.slice(0, most - 1) : plot.nodes
  const hidden = plot.nodes.length - shown.length
  return [
    ...wrap(sparse ? 'capital: virtual node' : 'letter: owner there', room).map(paint.dim),
    ...shown.map((name, node) => `${paint.block(node, LETTERS[node])} ${clip(name, room - 2)}`),
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
    ...plot.keys.map((key, i) => {
      const owners = key.nodes.map((node) => LETTERS[node])
      const path = new Set(owners).size === 1 ? owners[0] : owners.join('→')
      return `${paint.bold(String(i + 1))} ${clip(key.key, room - path.length - 3)} ${path}`
    }),
  ]
}

function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const [first] = wrap(text.replaceAll(' ', '\u00a0'), Math.max(1, width - 1))
  return `${first}…`
}
