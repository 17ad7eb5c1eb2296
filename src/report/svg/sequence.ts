import { element, join, type Markup } from '../markup.js'
import type { SequenceFigure, SequenceLine } from '../report.js'
import { lineText, timesOf, touches } from '../sequence.js'
import { wrap } from '../wrap.js'
import { type Drawing, FONT, fitted, LINE, label, textWidth, tipped } from './drawing.js'

const TIME = 64
const HEAD = 28
const NARROWEST = 96
type Message = Extract<SequenceLine, { from: number }>

/** A lane for each actor, an arrow for each message, time downwards in milliseconds; a list where lanes have no room. */
export function drawSequence(figure: SequenceFigure, width: number): Drawing {
  const { actors, lines } = figure
  const used = actors.flatMap((_, actor) => (lines.some((line) => touches(line, actor)) ? [actor] : []))
  const step = (width - TIME) / used.length
  const times = timesOf(figure)
  if (step < NARROWEST) return listed(figure, times, width)
  const height = HEAD + lines.length * LINE + 6
  const x = (actor: number) => TIME + (used.indexOf(actor) + 0.5) * step
  const lanes = used.map((actor) =>
    join(
      label(x(actor), FONT + 4, fitted(actors[actor], step - 8), { anchor: 'middle', style: 'name' }),
      element('line', { class: 'lane', x1: x(actor), x2: x(actor), y1: HEAD - 6, y2: height }),
    ),
  )
  const drawn = lines.map((line, i) => {
    const y = rowOf(i) - FONT * 0.35
    return 'actor' in line
      ? happening(x(line.actor), y, line, actors, width)
      : message(x(line.from), x(line.to), y, line, actors, width)
  })
  return {
    width,
    height,
    content: join(
      label(TIME - 10, FONT + 4, 'ms', { anchor: 'end', style: 'name' }),
      lanes,
      times.map(timeAt),
      drawn,
    ),
  }
}

const rowOf = (line: number): number => HEAD + (line + 1) * LINE - 5

const timeAt = (time: string, row: number): Markup =>
  label(TIME - 10, rowOf(row), time, { anchor: 'end', style: 'value' })

/** What the lines say, each on as many rows as it needs. */
function listed({ actors, lines }: SequenceFigure, times: readonly string[], width: number): Drawing {
  const rows = lines.flatMap((line, i) =>
    wrap(lineText(line, actors), Math.floor((width - TIME) / textWidth('m'))).map((text, j) =>
      j === 0 ? { time: times[i], text } : { time: '', text },
    ),
  )
  return {
    width,
    height: HEAD + rows.length * LINE + 6,
    content: join(
      label(TIME - 10, FONT + 4, 'ms', { anchor: 'end', style: 'name' }),
      rows.map(({ time, text }, row) => join(timeAt(time, row), label(TIME, rowOf(row), text))),
    ),
  }
}

/** An arrow, which ends in a cross where the message gets lost. Its text is on it, or beside it where it has no room. */
function message(
  from: number,
  to: number,
  y: number,
  line: Message,
  actors: readonly string[],
  width: number,
): Markup {
  const back = from < to ? -1 : 1
  const head = line.isLost
    ? `M${(to + 12 * back - 4).toFixed(1)} ${y - 4}l8 8m0-8l-8 8`
    : `M${(to + 7 * back).toFixed(1)} ${y - 4}L${to.toFixed(1)} ${y}l${7 * back} 4`
  const end = line.isLost ? to + 12 * back : to
  const fits = textWidth(line.text) <= Math.abs(to - from) - 24
  return element(
    'g',
    { class: line.isLost ? 'message lost' : 'message' },
    tipped(
      'path',
      { d: `M${from.toFixed(1)} ${y.toFixed(1)}H${end.toFixed(1)}${head}` },
      tipOf(line, actors),
    ),
    fits
      ? written((from + to) / 2, y, line.text, 'middle')
      : beside(Math.min(from, to), Math.max(from, to), y, line.text, width),
  )
}

/** Something that happens to an actor. */
const happening = (
  x: number,
  y: number,
  line: SequenceLine,
  actors: readonly string[],
  width: number,
): Markup =>
  element(
    'g',
    { class: 'happening' },
    tipped('circle', { cx: x, cy: y, r: 4 }, tipOf(line, actors)),
    beside(x, x, y, line.text, width),
  )

const tipOf = (line: SequenceLine, actors: readonly string[]): string =>
  `${line.at.toFixed(2)} ms: ${lineText(line, actors)}`

/** A text to the right of a mark, or to the left of it where there is more room. */
function beside(left: number, right: number, y: number, text: string, width: number): Markup {
  const GAP = 8
  const room = { left: left - TIME - GAP, right: width - right - GAP }
  return textWidth(text) <= room.right || room.right >= room.left
    ? written(right + GAP, y, fitted(text, room.right), 'start')
    : written(left - GAP, y, fitted(text, room.left), 'end')
}

/** A text over the lanes that it covers. */
function written(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): Markup {
  const taken = textWidth(text) + 4
  const start = { start: x - 2, middle: x - taken / 2, end: x - taken + 2 }[anchor]
  return join(
    element('rect', { class: 'paper', x: start, y: y - FONT / 2, width: taken, height: FONT }),
    label(x, y + FONT * 0.35, text, { anchor }),
  )
}
