/** The dots of a braille character from the top, left and right, as bits of its code point (Unicode, chapter 21.1). */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
]
const EMPTY = 0x2800

/** A place in a grid of characters: 0 is the middle of the first, and there are places in between. */
export interface Place {
  readonly column: number
  readonly row: number
}

/** A line between two places in braille: for each character that it runs through, a dot to add. */
export function brailleLine(
  from: Place,
  to: Place,
  add: (column: number, row: number, dot: number) => void,
): void {
  const [columns, rows] = [to.column - from.column, to.row - from.row]
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(columns) * 2, Math.abs(rows) * 4)))
  for (let i = 0; i <= steps; i++) {
    const x = Math.floor((from.column + (columns * i) / steps + 0.5) * 2)
    const y = Math.floor((from.row + (rows * i) / steps + 0.5) * 4)
    add(x >> 1, y >> 2, BITS[y & 3][x & 1])
  }
}

/** The character of some dots. */
export const brailleOf = (dots: number): string => String.fromCodePoint(EMPTY + dots)
