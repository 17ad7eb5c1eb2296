import { element, type Markup } from '../markup.js'
import { FONT, fitted, label, textWidth } from './drawing.js'

/** The height of a line of a name that has several, in pixels. */
export const NAME_LINE = FONT + 2
/** How much wider than textWidth says a name can be, such as one with many an m. */
const SPARE = 1.15
/** The share of a figure's width that the names of its rows take at most. */
const MOST_SHARE = 0.35
const GAP = 10
/** Nobody reads names of more lines; only what strangers wrote has them. */
const MOST_LINES = 6
/** A part of a name behind which it may be broken, with the signs at its end. */
const PART = /[^\s\-_/:.,@+]+[\s\-_/:.,@+]*|[\s\-_/:.,@+]+/g
const partsOf = (name: string): readonly string[] => name.match(PART) ?? []

/** How wide the widest part of a name is that isn't broken, in pixels. */
export const widestPart = (name: string): number =>
  Math.max(0, ...partsOf(name).map((part) => textWidth(part.trimEnd())))

/** A name in lines of a width at most: broken behind a space or a sign, and within a part that is wider than that. */
export function nameLines(name: string, width: number, most = MOST_LINES): string[] {
  const lines = ['']
  const pieces = partsOf(name).flatMap((part) => (textWidth(part.trimEnd()) <= width ? [part] : [...part]))
  for (const piece of pieces) {
    const line = lines[lines.length - 1]
    if (line !== '' && textWidth((line + piece).trimEnd()) > width) lines.push(piece)
    else lines[lines.length - 1] = line + piece
  }
  if (lines.length <= most) return lines.map((line) => line.trimEnd())
  return [...lines.slice(0, most - 1), fitted(lines.slice(most - 1).join(''), width)]
}

/** The names of rows in lines, and how much room they take at the left of a figure, in pixels. */
export function rowNames(names: readonly string[], width: number) {
  const left = Math.min(width * MOST_SHARE, Math.max(...names.map(textWidth)) * SPARE) + GAP
  return { left, names: names.map((name) => nameLines(name, (left - GAP) / SPARE)) }
}

/** The lines of a name around a height, which end at a place or stand around it. */
export const nameAt = (x: number, y: number, lines: readonly string[], anchor: 'end' | 'middle'): Markup[] =>
  lines.map((line, i) =>
    label(x, y + (i - (lines.length - 1) / 2) * NAME_LINE + FONT * 0.35, line, { anchor }),
  )

/** The same from below upwards, above a place: for a column that is too narrow for words. */
export const uprightNameAt = (x: number, y: number, lines: readonly string[]): Markup =>
  element(
    'g',
    { transform: `translate(${Math.round(x)} ${Math.round(y)}) rotate(-90)` },
    lines.map((line, i) => label(0, (i - (lines.length - 1) / 2) * NAME_LINE + FONT * 0.35, line)),
  )
