import { formatCount } from './format.js'
import type { Paint } from './paint.js'
import type { SequenceFigure, SequenceLine } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

/** Below so many columns an actor, messages are listed instead of drawn. */
const NARROWEST = 12

/** A sequence diagram: a line of life for each actor, an arrow for each message, time downwards in milliseconds. */
export function renderSequence(figure: SequenceFigure, width: number, paint: Paint): string[] {
  const used = figure.actors.flatMap((_, actor) =>
    figure.lines.some((line) => touches(line, actor)) ? [actor] : [],
  )
  const names = used.map((actor) => figure.actors[actor])
  const times = timesOf(figure)
  const margin = Math.max(...times.map(displayWidth)) + 1
  const step = Math.min(24, Math.floor((width - margin) / used.length))
  const title = wrap(figure.title, width).map(paint.bold)
  if (step < Math.max(NARROWEST, ...names.map((name) => displayWidth(name) + 2))) {
    const listed = figure.lines.flatMap((line, i) =>
      wrap(lineText(line, figure.actors), width - margin).map((text, j) => [j === 0 ? times[i] : '', text]),
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
    ...figure.lines.map((line, i) => {
      const row = new Array<string>(step * used.length).fill(' ')
      for (const column of columns.values()) row[column] = '│'
      if ('actor' in line) note(row, columns.get(line.actor)!, line.text)
      else arrow(row, columns.get(line.from)!, columns.get(line.to)!, line)
      return `${times[i].padStart(margin - 1)} ${row.join('')}`.trimEnd()
    }),
  ]
}

/** Whether a line is drawn at an actor's lane. */
export function touches(line: SequenceLine, actor: number): boolean {
  return 'actor' in line ? line.actor === actor : line.from === actor || line.to === actor
}

/** The time of each line in milliseconds: to the hundredth, or whole where it takes seconds. */
export function timesOf({ lines }: SequenceFigure): string[] {
  const isLong = lines.some(({ at }) => at >= 1000)
  return lines.map(({ at }) => (isLong ? formatCount(Math.round(at)) : at.toFixed(2)))
}

/** A line in words. */
export function lineText(line: SequenceLine, actors: readonly string[]): string {
  if ('actor' in line) return `${actors[line.actor]}: ${line.text}`
  return `${actors[line.from]} → ${actors[line.to]}: ${line.text}${line.isLost ? ' (lost)' : ''}`
}

function arrow(
  row: string[],
  from: number,
  to: number,
  { text, isLost }: { text: string; isLost: boolean },
): void {
  const [left, right] = from < to ? [from, to] : [to, from]
  for (let at = left + 1; at < right; at++) row[at] = '─'
  row[from] = from < to ? '├' : '┤'
  if (from < to) row[right - 1] = isLost ? '✗' : '▶'
  else row[left + 1] = isLost ? '✗' : '◀'
  const label = ` ${text} `
  const room = right - left - 3
  if (label.length <= room) write(row, left + 1 + Math.floor((right - left - 1 - label.length) / 2), label)
  else beside(row, left, right, label)
}

/** Something that happens to the actor of a lane. */
function note(row: string[], column: number, text: string): void {
  row[column] = '●'
  beside(row, column, column, ` ${text} `)
}

/** Writes to the right of a mark, or to the left of it where there is more room. */
function beside(row: string[], left: number, right: number, label: string): void {
  const room = row.length - right - 1
  const isRight = label.length <= room || room >= left
  const text = label.length <= Math.max(room, left) ? label : `${label.slice(0, Math.max(room, left) - 1)}…`
  write(row, isRight ? right + 1 : left - text.length, text)
}

function write(row: string[], from: number, text: string): void {
  for (const [i, character] of [...text].entries()) {
    if (from + i >= 0 && from + i < row.length) row[from + i] = character
  }
}
