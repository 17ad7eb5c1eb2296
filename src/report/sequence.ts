import type { Paint } from './paint.js'
import type { SequenceFigure, SequenceLine } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

const TIME = 9
/** Below so many columns an actor, messages are listed instead of drawn. */
const NARROWEST = 12

/** A sequence diagram: a line of life for each actor, an arrow for each message, time downwards in milliseconds. */
export function renderSequence(figure: SequenceFigure, width: number, paint: Paint): string[] {
  const used = figure.actors.flatMap((_, actor) =>
    figure.lines.some((line) => touches(line, actor)) ? [actor] : [],
  )
  const names = used.map((actor) => figure.actors[actor])
  const step = Math.min(24, Math.floor((width - TIME) / used.length))
  const title = wrap(figure.title, width).map(paint.bold)
  if (step < Math.max(NARROWEST, ...names.map((name) => displayWidth(name) + 2))) {
    return [...title, ...figure.lines.flatMap((line) => listed(line, figure.actors, width))]
  }
  const columns = new Map(used.map((actor, i) => [actor, Math.floor(step / 2) + i * step]))
  const header = new Array<string>(step * used.length).fill(' ')
  for (const [i, actor] of used.entries())
    write(header, columns.get(actor)! - Math.floor(names[i].length / 2), names[i])
  return [
    ...title,
    `${'ms'.padStart(TIME - 1)} ${header.join('')}`.trimEnd(),
    ...figure.lines.map((line) => {
      const row = new Array<string>(step * used.length).fill(' ')
      for (const column of columns.values()) row[column] = '│'
      if ('actor' in line) note(row, columns.get(line.actor)!, line.text)
      else arrow(row, columns.get(line.from)!, columns.get(line.to)!, line)
      return `${time(line.at).padStart(TIME - 1)} ${row.join('')}`.trimEnd()
    }),
  ]
}

function touches(line: SequenceLine, actor: number): boolean {
  return 'actor' in line ? line.actor === actor : line.from === actor || line.to === actor
}

function time(at: number): string {
  return at.toFixed(2)
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
  write(row, left + 1 + Math.max(1, Math.floor((right - left - 1 - label.length) / 2)), label.slice(0, room))
}

/** Writes beside a line of life, to its left where there is no room on the right. */
function note(row: string[], column: number, text: string): void {
  row[column] = '●'
  const label = ` ${text} `
  write(row, column + 1 + label.length <= row.length ? column + 1 : column - label.length, label)
}

function write(row: string[], from: number, text: string): void {
  for (const [i, character] of [...text].entries()) {
    if (from + i >= 0 && from + i < row.length) row[from + i] = character
  }
}

/** A message as text, which goes on beside its time where a line is too narrow. */
function listed(line: SequenceLine, actors: readonly string[], width: number): string[] {
  const what =
    'actor' in line
      ? `${actors[line.actor]}: ${line.text}`
      : `${actors[line.from]} → ${actors[line.to]}: ${line.text}${line.isLost ? ' (lost)' : ''}`
  return wrap(what, width - TIME).map(
    (text, i) => `${(i === 0 ? time(line.at) : '').padStart(TIME - 1)} ${text}`,
  )
}
