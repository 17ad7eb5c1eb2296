import { element, join, type Markup } from '../markup.js'
import type { SequenceFigure, SequenceLine } from '../report.js'
import { lanesOf, lineText, timesOf, usedLanes } from '../sequence.js'
import { wrap } from '../wrap.js'
import { type Drawing, FONT, fitted, LINE, label, textWidth, tipped } from './drawing.js'

const TIME = 64
const HEAD = 28
const NARROWEST = 96
/** Between a mark and its text. */
const GAP = 8

/** A lane for each actor, an arrow for each message, time downwards in milliseconds; a list where lanes have no room. */
export function drawSequence(figure: SequenceFigure, width: number): Drawing {
  const { actors, lines } = figure
  const used = usedLanes(figure)
  const step = (width - TIME) / used.length
  const times = timesOf(figure)
  if (step < NARROWEST) return listed(figure, times, width)
  const x = (actor: number) => TIME + (used.indexOf(actor) + 0.5) * step
  let row = 0
  const drawn = lines.map((line, i) => {
    const marks = lanesOf(line).map(x)
    const first = row
    const place = placeOf(line, marks, width)
    if (place === 'above') row++
    return join(
      timeAt(times[i], first),
      element(
        'g',
        { class: 'who' in line ? 'happening' : line.isLost ? 'message lost' : 'message' },
        marksOf(line, marks, heightOf(row++), `${line.at.toFixed(2)} ms: ${lineText(line, actors)}`),
        place === 'on'
          ? written((marks[0] + marks[1]) / 2, heightOf(first), line.text, 'middle')
          : beside(place === 'above' ? [marks[0]] : marks, heightOf(first), line.text, width),
      ),
    )
  })
  const height = HEAD + row * LINE + 6
  const lanes = used.map((actor) =>
    join(
      label(x(actor), FONT + 4, fitted(actors[actor], step - 8), { anchor: 'middle', style: 'name' }),
      element('line', { class: 'lane', x1: x(actor), x2: x(actor), y1: HEAD - 6, y2: height }),
    ),
  )
  return {
    width,
    height,
    content: join(label(TIME - 10, FONT + 4, 'ms', { anchor: 'end', style: 'name' }), lanes, drawn),
  }
}

/** Where a line's text is: on an arrow that has room, beside all marks, or above where there are several and no room beside. */
function placeOf(line: SequenceLine, marks: readonly number[], width: number): 'on' | 'beside' | 'above' {
  const [left, right] = [Math.min(...marks), Math.max(...marks)]
  const taken = textWidth(line.text)
  const isArrow = 'to' in line && line.to.length === 1
  if (isArrow && taken <= right - left - 24) return 'on'
  const hasRoom = taken + GAP <= Math.max(left - TIME, width - right)
  return isArrow || marks.length === 1 || hasRoom ? 'beside' : 'above'
}

/** The baseline of a row's text, and the height at which its marks are. */
const rowOf = (row: number): number => HEAD + (row + 1) * LINE - 5
const heightOf = (row: number): number => rowOf(row) - FONT * 0.35

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

/** A dot at each lane, or a line from the first to the others, with a head at each: a cross where the message gets lost. */
function marksOf(line: SequenceLine, marks: readonly number[], y: number, tip: string): Markup {
  if ('who' in line) return join(marks.map((cx) => tipped('circle', { cx, cy: y, r: 4 }, tip)))
  const [from, ...to] = marks
  const arrows = to.map((end) => {
    const back = from < end ? -1 : 1
    const stop = line.isLost ? end + 12 * back : end
    const head = line.isLost
      ? `M${(stop - 4).toFixed(1)} ${y - 4}l8 8m0-8l-8 8`
      : `M${(end + 7 * back).toFixed(1)} ${y - 4}L${end.toFixed(1)} ${y}l${7 * back} 4`
    return `M${from.toFixed(1)} ${y.toFixed(1)}H${stop.toFixed(1)}${head}`
  })
  // Where it comes from, which the heads of a message to several don't tell.
  const ring = to.length > 1 ? `M${(from - 3).toFixed(1)} ${y.toFixed(1)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0` : ''
  return tipped('path', { d: `${arrows.join('')}${ring}` }, tip)
}

/** A text to the right of marks, or to the left of them where there is more room. */
function beside(marks: readonly number[], y: number, text: string, width: number): Markup {
  const [left, right] = [Math.min(...marks), Math.max(...marks)]
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
