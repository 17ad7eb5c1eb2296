import { LETTERS } from './letters.js'
import type { Paint } from './paint.js'
import type { RingFigure } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

/** Of a drawing where there is room for it: both are odd, so that a cell is in the middle. */
const LARGEST: Grid = { rows: 15, columns: 29 }
/** A legend stands beside drawings if it has so many columns, else below them. */
const NARROWEST_LEGEND = 12
const MAX_LEGEND_LINES = LARGEST.rows - 2
const GAP = '  '
/** The circle's radius within the grid; keys stand just outside it. */
const RADIUS = { ring: 0.84, keys: 1 }

/** Signs of one column, so that what is beside a drawing fits. */
const SIGNS = { cut: '…', arrow: '→' }
const ASCII_SIGNS: typeof SIGNS = { cut: '~', arrow: '>' }

/** The most nodes that a drawing can tell apart: a letter or digit each. */
export const MAX_DRAWN_NODES = LETTERS.length
/** The most keys that a drawing has marks for. */
export const MAX_DRAWN_KEYS = 9

/**
 * Rings as circles of letters, position 0 at the top, clockwise; each letter is the node that owns that spot.
 * Where virtual nodes stand far enough apart each one is a capital, and the arc that leads to it is in small
 * letters. Keys are digits outside the circle, explained beside it.
 */
export function renderRing(figure: RingFigure, width: number, paint: Paint, isAscii: boolean): string[] {
  const grid = gridIn(width)
  const taken = (count: number) => count * (grid.columns + GAP.length)
  const sideBySide = taken(figure.rings.length) + NARROWEST_LEGEND <= width
  const beside = sideBySide || taken(1) + NARROWEST_LEGEND <= width
  const sparse =
    figure.nodes.length <= 26 &&
    figure.rings.every(({ arcs }) => arcs.length * 3 <= circle(grid, RADIUS.ring).length)
  const drawings = figure.rings.map(({ title, arcs }) => [
    ...(title === '' ? [] : [paint.bold(title) + ' '.repeat(grid.columns - displayWidth(title))]),
    ...draw(figure, arcs, grid, sparse, paint),
  ])
  const rings = sideBySide
    ? drawings[0].map((_, row) => drawings.map((lines) => lines[row]).join(GAP))
    : drawings.flat()
  const room = beside ? width - taken(sideBySide ? figure.rings.length : 1) : width
  const legend = legendLines(figure, paint, sparse, room, isAscii ? ASCII_SIGNS : SIGNS)
  if (!beside) return [...rings.map((line) => line.trimEnd()), '', ...legend]
  const lines = [...(figure.rings[0].title === '' ? [] : ['']), ...legend]
  return Array.from({ length: Math.max(rings.length, lines.length) }, (_, row) =>
    `${rings[row] ?? ' '.repeat(grid.columns)}${GAP}${lines[row] ?? ''}`.trimEnd(),
  )
}

/** Rows and columns of a drawing. */
interface Grid {
  readonly rows: number
  readonly columns: number
}

/** The largest grid in so many columns. A cell is about twice as high as it is wide. */
function gridIn(width: number): Grid {
  if (width >= LARGEST.columns) return LARGEST
  const columns = width - 1 + (width % 2)
  return { rows: 2 * Math.floor(columns / 4) + 1, columns }
}

function draw(
  figure: RingFigure,
  arcs: RingFigure['rings'][number]['arcs'],
  grid: Grid,
  sparse: boolean,
  paint: Paint,
): string[] {
  const cells = Array.from({ length: grid.rows }, () => new Array<string>(grid.columns).fill(' '))
  const spots = circle(grid, RADIUS.ring)
  for (const spot of spots) {
    const node = ownerAt(arcs, spot.at)
    cells[spot.row][spot.column] = paint.block(node, sparse ? LETTERS[node].toLowerCase() : LETTERS[node])
  }
  if (sparse) {
    for (const arc of arcs) {
      const spot = nearest(spots, arc.at)
      cells[spot.row][spot.column] = paint.bold(paint.block(arc.node, LETTERS[arc.node]))
    }
  }
  const outside = circle(grid, RADIUS.keys)
  for (const [i, key] of figure.keys.entries()) {
    const free = outside.filter((spot) => cells[spot.row][spot.column] === ' ')
    const spot = nearest(free, key.at)
    cells[spot.row][spot.column] = paint.bold(String(i + 1))
  }
  return cells.map((row) => row.join(''))
}

interface Spot {
  readonly row: number
  readonly column: number
  readonly at: number
}

/** The cells of a circle, clockwise from the top; radius 1 touches the grid's edge. */
function circle({ rows, columns }: Grid, radius: number): Spot[] {
  const middle = { row: (rows - 1) / 2, column: (columns - 1) / 2 }
  const spots = new Map<number, Spot>()
  for (let step = 0; step < 720; step++) {
    const angle = (step / 720) * 2 * Math.PI
    const row = Math.round(middle.row - Math.cos(angle) * middle.row * radius)
    const column = Math.round(middle.column + Math.sin(angle) * middle.column * radius)
    const seen = Math.atan2((column - middle.column) / middle.column, (middle.row - row) / middle.row)
    const cell = row * columns + column
    if (!spots.has(cell)) spots.set(cell, { row, column, at: (seen / (2 * Math.PI) + 1) % 1 })
  }
  return [...spots.values()]
}

function nearest(spots: readonly Spot[], at: number): Spot {
  const distance = (spot: Spot) => Math.min(Math.abs(spot.at - at), 1 - Math.abs(spot.at - at))
  return spots.reduce((best, spot) => (distance(spot) < distance(best) ? spot : best))
}

/** The node that owns a position: that of the first virtual node beyond it. */
function ownerAt(arcs: RingFigure['rings'][number]['arcs'], at: number): number {
  let low = 0
  let high = arcs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (arcs[middle].at > at) high = middle
    else low = middle + 1
  }
  return arcs[low % arcs.length].node
}

function legendLines(
  figure: RingFigure,
  paint: Paint,
  sparse: boolean,
  room: number,
  { cut, arrow }: typeof SIGNS,
): string[] {
  const most = MAX_LEGEND_LINES - figure.keys.length
  const shown = figure.nodes.length > most ? figure.nodes.slice(0, most - 1) : figure.nodes
  const hidden = figure.nodes.length - shown.length
  return [
    ...wrap(sparse ? 'capital: virtual node' : 'letter: owner there', room).map(paint.dim),
    ...shown.map((name, node) => `${paint.block(node, LETTERS[node])} ${clip(name, room - 2, cut)}`),
    ...(hidden > 0 ? [`${cut} and ${hidden} more`] : []),
    ...figure.keys.map((key, i) => {
      const owners = key.nodes.map((node) => LETTERS[node])
      const path = new Set(owners).size === 1 ? owners[0] : owners.join(arrow)
      return `${paint.bold(String(i + 1))} ${clip(key.key, room - path.length - 3, cut)} ${path}`
    }),
  ]
}

function clip(text: string, width: number, cut: string): string {
  if (displayWidth(text) <= width) return text
  const [first] = wrap(text.replaceAll(' ', '\u00a0'), Math.max(1, width - 1))
  return `${first}${cut}`
}
