import { formatNumber } from '../format.js'
import { element, join } from '../markup.js'
import type { HeatFigure } from '../report.js'
import { type Drawing, FONT, fitted, LINE, label, textWidth, tipped } from './drawing.js'

const CELL = 26
/** The darkest shade still lets the number on it be read. */
const DARKEST = 0.6

/** A grid of numbers, the darker the larger. */
export function drawHeat({ value, rows, columns, values }: HeatFigure, width: number): Drawing {
  const left = Math.min(width * 0.3, Math.max(...rows.map(textWidth))) + 10
  const cell = Math.min(120, (width - left) / columns.length)
  const isTilted = columns.some((name) => textWidth(name) > cell - 6)
  const top = (isTilted ? Math.min(140, Math.max(...columns.map(textWidth)) * 0.8) : FONT) + LINE
  const known = values.flat().filter((one) => one !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const shade = (one: number) =>
    most === least ? DARKEST / 2 : 0.05 + (DARKEST * (one - least)) / (most - least)
  const content = join(
    label(0, FONT, value.label, { style: 'name' }),
    columns.map((name, i) => {
      const x = left + (i + 0.5) * cell
      if (!isTilted) return label(x, top - 6, name, { anchor: 'middle' })
      return element(
        'text',
        { transform: `translate(${Math.round(x)} ${Math.round(top - 6)}) rotate(-50)` },
        fitted(name, 160),
      )
    }),
    rows.map((name, i) =>
      label(left - 8, top + (i + 0.5) * CELL + FONT * 0.35, fitted(name, left - 10), { anchor: 'end' }),
    ),
    values.map((row, i) =>
      row.map((one, j) => {
        const at = { x: left + j * cell, y: top + i * CELL }
        const text = formatNumber(one, value.unit)
        return join(
          tipped(
            'rect',
            {
              class: 'cell',
              ...at,
              width: cell - 2,
              height: CELL - 2,
              'fill-opacity': one === null ? 0 : shade(one).toFixed(3),
            },
            `${rows[i]}, ${columns[j]}: ${text}`,
          ),
          textWidth(text) < cell - 4
            ? label(at.x + cell / 2 - 1, at.y + CELL / 2 + FONT * 0.28, text, { anchor: 'middle' })
            : undefined,
        )
      }),
    ),
  )
  return { width, height: top + rows.length * CELL + 4, content }
}
