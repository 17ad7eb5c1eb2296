import { asciiText } from './ascii.js'
import { formatCount } from './format.js'
import type { Paint } from './paint.js'
import type { SequenceFigure, SequenceLine } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

/** Below so many columns an actor, messages are listed instead of drawn. */
const NARROWEST = 12

/** A sequence diagram: a line of life for each actor, an arrow for each message, time downwards in milliseconds. */
export function renderSequence(
  figure: SequenceFigure,
  width: number,
  paint: Paint,
  isAscii: boolean,
): string[] {
  const used = usedLanes(figure)
  const names = used.map((actor) => figure.actors[actor])
  const times = timesOf(figure)
  const margin = Math.max(...times.map(displayWidth)) + 1
  const step = Math.min(24, Math.floor((width - margin) / used.length))
  const title = wrap(figure.title, width).map(paint.bold)
  if (step < Math.max(NARROWEST, ...names.map((name) => displayWidth(name) + 2))) {
    const shown = isAscii ? asciiText : (text: string) => text
    const listed = figure.lines.flatMap((line, i) =>
      wrap(shown(lineText(line, figure.actors)), width - margin).map((text, j) => [
        j === 0 ? times[i] : '',
        text,
      ]),
    )
    return [...title, ...listed.map(([time, text]) => `${time.padStart(margin - 1)} ${text}`)]
  }
  const columns = new Map(used.map((actor, i) => [actor, Math.floor(step / 2) + i * step]))
  const header = new Array<string>(step * used.length).fill(' ')
  for (const [i, actor] of used.entries())
    write(header, columns.get(actor)! - Math.floor(names[i].length / 2), names[i])
  return [
    ...title,
    `${'ms'.padStart(margin - 1)} ${header.join('')}`.trimEnd(),
    ...figure.lines.flatMap((line, i) =>
      drawn(line, columns, step * used.length, isAscii ? '~' : '…').map((row, j) =>
        `${(j === 0 ? times[i] : '').padStart(margin - 1)} ${row.join('')}`.trimEnd(),
      ),
    ),
  ]
}

/** The rows of a line: one, and one above it for a text that has no room. `cut` is at the end of one that is cut. */
function drawn(
  line: SequenceLine,
  columns: ReadonlyMap<number, number>,
  width: number,
  cut: string,
): string[][] {
  const blank = () => {
    const row = new Array<string>(width).fill(' ')
    for (const at of columns.values()) row[at] = '│'
    return row
  }
  const row = blank()
  const label = ` ${line.text} `
  const marks = lanesOf(line).map((actor) => columns.get(actor)!)
  const [left, right] = [Math.min(...marks), Math.max(...marks)]
  if ('who' in line) for (const column of marks) row[column] = '●'
  else arrow(row, marks[0], marks.slice(1), line.isLost)
  const isArrow = 'to' in line && line.to.length === 1
  if (isArrow && label.length <= right - left - 3)
    write(row, left + 1 + Math.floor((right - left - 1 - label.length) / 2), label)
  else if (isArrow || marks.length === 1 || label.length <= Math.max(left, width - right - 1))
    beside(row, left, right, label, cut)
  else {
    const above = blank()
    beside(above, marks[0], marks[0], label, cut)
    return [above, row]
  }
  return [row]
}

/** The actors at whose lanes a line is drawn: of a message first the one that sends it. */
export const lanesOf = (line: SequenceLine): readonly number[] =>
  'who' in line ? line.who : [line.from, ...line.to]

/** The actors that a line is about, from left to right. */
export function usedLanes({ lines }: SequenceFigure): number[] {
  return [...new Set(lines.flatMap(lanesOf))].sort((a, b) => a - b)
}

/** The time of each line in milliseconds: to the hundredth, or whole where it takes seconds. */
export function timesOf({ lines }: SequenceFigure): string[] {
  const isLong = lines.some(({ at }) => at >= 1000)
  return lines.map(({ at }) => (isLong ? formatCount(Math.round(at)) : at.toFixed(2)))
}

/** A line in words. */
export function lineText(line: SequenceLine, actors: readonly string[]): string {
  const names = (some: readonly number[]) => some.map((actor) => actors[actor]).join(', ')
  if ('who' in line) return `${names(line.who)}: ${line.text}`
  return `${actors[line.from]} → ${names(line.to)}: ${line.text}${line.isLost ? ' (lost)' : ''}`
}

/** A line from a lane to others, with a head at each. */
function arrow(row: string[], from: number, to: readonly number[], isLost: boolean): void {
  const [left, right] = [Math.min(from, ...to), Math.max(from, ...to)]
  for (let at = left + 1; at < right; at++) row[at] = '─'
  row[from] = from === left ? '├' : from === right ? '┤' : '┼'
  for (const column of to) {
    row[column] = '│'
    if (column > from) row[column - 1] = isLost ? '×' : '▶'
    else row[column + 1] = isLost ? '×' : '◀'
  }
}

/** Writes to the right of a mark, or to the left of it where there is more room. */
function beside(row: string[], left: number, right: number, label: string, cut: string): void {
  const room = row.length - right - 1
  const most = Math.max(room, left)
  const isRight = label.length <= room || room >= left
  const text = label.length <= most ? label : `${label.slice(0, most - 1)}${cut}`
  write(row, isRight ? right + 1 : left - text.length, text)
}

function write(row: string[], from: number, text: string): void {
  for (const [i, character] of [...text].entries()) {
    if (from + i >= 0 && from + i < row.length) row[from + i] = character
  }
}
