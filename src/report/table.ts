import Table from 'cli-table3'
import { formatCell } from './format.js'
import type { Paint } from './paint.js'
import type { Column, Table as TableData } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

const GAP = 2
const BAR_WIDTH = { least: 8, most: 30 }
const NARROWEST_TEXT = 10
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Of a grid's lines only the rule under the headings is drawn. */
const NOT_DRAWN =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid-mid right right-mid middle'
const RULE_ONLY = { mid: '─', ...Object.fromEntries(NOT_DRAWN.split(' ').map((place) => [place, ''])) }
/** Lines of a grid that are laid out at once: cli-table3 takes the square of the lines, and the cube of a cell's. */
const LINES_AT_ONCE = 64

/** A column with its cells as text. */
interface Strip {
  readonly column: Column
  readonly cells: readonly string[]
  /** Words, which may be broken and begin at the left; numbers may not, and end at the right. */
  readonly isText: boolean
}

/**
 * A table in at most `width` columns. Where it is too wide, headings break between words, then texts do; if
 * that is not enough, details are left out, the last first; and then it is cut into tables that each begin with
 * the first column.
 */
export function renderTable(table: TableData, width: number, paint: Paint): string {
  const strips = table.columns.map(
    (column): Strip => ({
      column,
      cells: table.rows.map((row) => formatCell(row[column.key], column)),
      isText: table.rows.some((row) => typeof row[column.key] === 'string'),
    }),
  )
  while (columnWidths(strips, width) === null) {
    const detail = strips.findLastIndex(({ column }) => column.detail)
    if (detail < 0) break
    strips.splice(detail, 1)
  }
  const [first, ...others] = strips
  const blocks = [[first]]
  for (const strip of others) {
    const block = blocks[blocks.length - 1]
    if (block.length === 1 || columnWidths([...block, strip], width) !== null) block.push(strip)
    else blocks.push([first, strip])
  }
  return blocks.map((block, i) => renderGrid(block, i === 0 ? table : undefined, width, paint)).join('\n\n')
}

/** How wide each column's text may be, or null if they can't fit. */
function columnWidths(strips: readonly Strip[], width: number): number[] | null {
  const room = width - GAP * (strips.length - 1)
  const contents = strips.map(({ cells }) => Math.max(1, widest(cells)))
  const words = strips.map(({ column }) => widest(column.label.split(' ')))
  const widths = contents.map((content, i) => Math.max(content, displayWidth(strips[i].column.label)))
  const headingsBroken = contents.map((content, i) => Math.max(content, words[i]))
  const textsBroken = contents.map((content, i) =>
    Math.max(words[i], strips[i].isText ? Math.min(content, NARROWEST_TEXT) : content),
  )
  narrow(widths, headingsBroken, room)
  narrow(widths, textsBroken, room)
  return sum(widths) <= room ? widths : null
}

/** Takes from the widest columns that are above their floor until all fit. */
function narrow(widths: number[], floors: readonly number[], room: number): void {
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    let widest = -1
    for (let i = 0; i < widths.length; i++) {
      if (widths[i] > floors[i] && (widest < 0 || widths[i] > widths[widest])) widest = i
    }
    if (widest < 0) return
    widths[widest]--
  }
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0)

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** One grid; bars are drawn for the table that is given, if one of its columns asks for them. */
function renderGrid(
  strips: readonly Strip[],
  table: TableData | undefined,
  width: number,
  paint: Paint,
): string {
  const widths = columnWidths(strips, width) ?? strips.map(() => Math.floor((width - GAP) / strips.length))
  const bars = table && barCells(table, width - sum(widths) - GAP * widths.length, paint)
  const headings = strips.map(({ column }, i) => wrap(column.label, widths[i]).map(paint.bold))
  const rows = [bars ? [...headings, []] : headings]
  for (let row = 0; row < strips[0].cells.length; row++) {
    const cells = strips.map(({ cells }, i) => wrapCell(cells[row], widths[i]))
    rows.push(bars ? [...cells, [bars[row]]] : cells)
  }
  const taken = rows[0].map((_, i) => rows.reduce((most, row) => Math.max(most, widest(row[i])), 0))
  const lines = rows.slice(1).flatMap(linesOf)
  const parts = Array.from({ length: Math.ceil(lines.length / LINES_AT_ONCE) || 1 }, (_, part) => {
    const grid = new Table({
      head: part === 0 ? rows[0].map((heading) => heading.join('\n')) : [],
      colWidths: taken.map((each) => each + GAP),
      colAligns: taken.map((_, i) => (strips[i]?.isText === false ? 'right' : 'left')),
      chars: RULE_ONLY,
      style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': GAP },
    })
    grid.push(...lines.slice(part * LINES_AT_ONCE, (part + 1) * LINES_AT_ONCE))
    return grid.toString()
  })
  const text = parts.join('\n').split('\n')
  return text.map((line) => (line.startsWith('─') ? line.slice(0, -GAP) : line.trimEnd())).join('\n')
}

/** The lines of a cell. Code keeps its indentation, on all of its lines, up to half of the width. */
function wrapCell(text: string, width: number): string[] {
  const rest = text.trimStart()
  const indent = ' '.repeat(Math.min(text.length - rest.length, width >> 1))
  return wrap(rest, width - indent.length).map((line) => indent + line)
}

/** A row as the lines that it takes, each with a text for every column. */
function linesOf(cells: readonly string[][]): string[][] {
  const count = cells.reduce((most, lines) => Math.max(most, lines.length), 0)
  return Array.from({ length: count }, (_, line) => cells.map((lines) => lines[line] ?? ''))
}

/** A bar a row for the column that asks for it, or undefined where none does or there is no room. */
function barCells(table: TableData, room: number, paint: Paint): string[] | undefined {
  const column = table.columns.find((candidate) => candidate.bar)
  if (column === undefined || room < BAR_WIDTH.least) return undefined
  const longest = Math.min(room, BAR_WIDTH.most)
  const values = table.rows.map((row) => Number(row[column.key]))
  const most = Math.max(...values)
  return values.map((value) => paint.accent(bar(most > 0 ? (value / most) * longest : 0)))
}

/** A bar of a length in character cells, to an eighth. */
export function bar(length: number): string {
  const eighths = Math.round(length * 8)
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]
}
