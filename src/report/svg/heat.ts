import { formatNumber } from '../format.js'
import { join } from '../markup.js'
import type { HeatFigure } from '../report.js'
import { type Drawing, FONT, LINE, label, textWidth, tipped } from './drawing.js'
import { NAME_LINE, nameAt, nameLines, rowNames, uprightNameAt, widestPart } from './names.js'

const CELL = 26
/** How long upright names are, in pixels: the least at which all have room beside one another. */
const LENGTHS = [80, 110, 140, 180, 240]
/** The darkest shade still lets the number on it be read. */
const DARKEST = 0.6

/** A grid of numbers, the darker the larger. */
export function drawHeat({ value, rows, columns, values }: HeatFigure, width: number): Drawing {
  const { left, names } = rowNames(rows, width)
  const cell = Math.min(120, (width - left) / columns.length)
  const height = Math.max(CELL, ...names.map((lines) => lines.length * NAME_LINE + 4))
  const heads = columnNames(columns, cell)
  const top = LINE + heads.height + 8
  const known = values.flat().filter((one) => one !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const shade = (one: number) =>
    most === least ? DARKEST / 2 : 0.05 + (DARKEST * (one - least)) / (most - least)
  const content = join(
    label(0, FONT, value.label, { style: 'name' }),
    heads.names.map((lines, i) => {
      const x = left + (i + 0.5) * cell
      if (heads.isUpright) return uprightNameAt(x, top - 6, lines)
      return nameAt(x, top - 6 - (lines.length * NAME_LINE) / 2, lines, 'middle')
    }),
    names.map((lines, i) => nameAt(left - 8, top + (i + 0.5) * height, lines, 'end')),
    values.map((row, i) =>
      row.map((one, j) => {
        const at = { x: left + j * cell, y: top + i * height }
        const text = formatNumber(one, value.unit)
        return join(
          tipped(
            'rect',
            {
              class: 'cell',
              ...at,
              width: cell - 2,
              height: height - 2,
              'fill-opacity': one === null ? 0 : shade(one).toFixed(3),
            },
            `${rows[i]}, ${columns[j]}: ${text}`,
          ),
          textWidth(text) < cell - 4
            ? label(at.x + cell / 2 - 1, at.y + height / 2 + FONT * 0.28, text, { anchor: 'middle' })
            : undefined,
        )
      }),
    ),
  )
  return { width, height: top + rows.length * height + 4, content }
}

/** The names of columns in lines, across where the words fit a cell, else upright; and how high they are. */
function columnNames(columns: readonly string[], cell: number) {
  const isUpright = columns.some((name) => widestPart(name) > cell - 6)
  if (!isUpright) {
    const names = columns.map((name) => nameLines(name, cell - 6))
    return { isUpright, names, height: Math.max(...names.map(({ length }) => length)) * NAME_LINE }
  }
  const most = Math.max(1, Math.floor(cell / NAME_LINE))
  const areShort = (length: number) => columns.every((name) => nameLines(name, length).length <= most)
  const length = LENGTHS.find(areShort) ?? LENGTHS[LENGTHS.length - 1]
  const names = columns.map((name) => nameLines(name, length, most))
  return { isUpright, names, height: Math.max(...names.flat().map(textWidth)) }
}
