import { brailleLine, brailleOf, type Place } from './braille.js'
import type { Paint } from './paint.js'

const MARKS = ['●', '○', '×', '+', '◆', '△', '□', '*', '◇', '▲', '■', '☆', '▽', '◉', '#', '@']

/** What marks the points of a series: series are told apart by it also where colours can't be. */
export const markOf = (series: number): string => MARKS[series % MARKS.length]

/** A curve: its points, and those that a line joins. */
export interface Track {
  readonly places: readonly Place[]
  readonly joined: readonly (readonly [Place, Place])[]
}

const EMPTY = ' '

/** Rows of characters in which curves and what they are compared with are drawn. */
export class CurveGrid {
  private readonly cells: string[][]
  /** Where a curve is. */
  private readonly taken: boolean[][]

  constructor(
    rows: number,
    private readonly columns: number,
    private readonly paint: Paint,
  ) {
    this.cells = Array.from({ length: rows }, () => new Array<string>(columns).fill(EMPTY))
    this.taken = this.cells.map((row) => row.map(() => false))
  }

  /** A line across, to compare with. */
  across(row: number): void {
    this.cells[row].fill(this.paint.dim('╌'))
  }

  /** A line from the top to the bottom: something happens there. */
  down(column: number): void {
    for (const row of this.cells) row[column] = this.paint.dim('┊')
  }

  /** Curves with a mark at each point: lines of braille dots, or of full stops in ASCII. The first is on top. */
  curves(tracks: readonly Track[], isAscii: boolean): void {
    const dots = this.cells.map((row) => row.map(() => 0))
    for (const [series, { joined, places }] of [...tracks.entries()].reverse()) {
      const drawn = (column: number, row: number, text: string) => {
        this.cells[row][column] = this.paint.series(series, text)
        this.taken[row][column] = true
      }
      for (const [from, to] of joined)
        if (isAscii) dottedLine(from, to, (column, row) => drawn(column, row, '·'))
        else
          brailleLine(from, to, (column, row, dot) => {
            dots[row][column] |= dot
            drawn(column, row, brailleOf(dots[row][column]))
          })
      for (const { column, row } of places) drawn(Math.round(column), Math.round(row), markOf(series))
    }
  }

  /** Writes a text where a row has room beside the curves, as far on the right as it can; whether it has. */
  write(row: number, text: string): boolean {
    const length = text.length + 2
    for (let from = this.columns - length; from >= 0; from--) {
      if (this.taken[row].slice(from, from + length).some(Boolean)) continue
      const letters = [...` ${text} `].map((letter) => this.paint.dim(letter))
      this.cells[row].splice(from, length, ...letters)
      return true
    }
    return false
  }

  /** The rows, from the top. */
  lines(): string[] {
    return this.cells.map((row) => row.join(''))
  }
}

/** A dot in each column between two places. */
function dottedLine(from: Place, to: Place, add: (column: number, row: number) => void): void {
  for (let column = Math.round(from.column) + 1; column < to.column; column++) {
    const share = (column - from.column) / (to.column - from.column)
    add(column, Math.round(from.row + (to.row - from.row) * share))
  }
}
