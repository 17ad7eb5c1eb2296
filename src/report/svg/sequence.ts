import { element, join, type Markup } from '../markup.js'
import type { SequenceFigure, SequenceLine } from '../report.js'
import { type Drawing, FONT, fitted, LINE, label, textWidth, tipped } from './drawing.js'

const TIME = 64
const HEAD = 28
const NARROWEST = 96
type Message = Extract<SequenceLine, { from: number }>

/** A lane for each actor, an arrow for each message, time downwards in milliseconds; a list where lanes have no room. */
export function drawSequence({ actors, lines }: SequenceFigure, width: number): Drawing {
  const used = actors.flatMap((_, actor) => (lines.some((line) => touches(line, actor)) ? [actor] : []))
  const step = (width - TIME) / used.length
  const height = HEAD + lines.length * LINE + 6
  const times = lines.map(({ at }, i) =>
    label(TIME - 10, rowOf(i), at.toFixed(2), { anchor: 'end', style: 'value' }),
  )
  if (step < NARROWEST)
    return {
      width,
      height,
      content: join(label(0, FONT, 'ms', { style: 'name' }), times, listed(actors, lines, width)),
    }
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
      : message(x(line.from), x(line.to), y, line, actors)
  })
  return {
    width,
    height,
    content: join(label(TIME - 10, FONT + 4, 'ms', { anchor: 'end', style: 'name' }), lanes, times, drawn),
  }
}

const rowOf = (line: number): number => HEAD + (line + 1) * LINE - 5

const touches = (line: SequenceLine, actor: number): boolean =>
  'actor' in line ? line.actor === actor : line.from === actor || line.to === actor

function textOf(line: SequenceLine, actors: readonly string[]): string {
  if ('actor' in line) return `${actors[line.actor]}: ${line.text}`
  return `${actors[line.from]} → ${actors[line.to]}: ${line.text}${line.isLost ? ' (lost)' : ''}`
}

const listed = (actors: readonly string[], lines: readonly SequenceLine[], width: number): Markup =>
  join(lines.map((line, i) => label(TIME, rowOf(i), fitted(textOf(line, actors), width - TIME))))

/** An arrow, which ends in a cross where the message gets lost. */
function message(from: number, to: number, y: number, line: Message, actors: readonly string[]): Markup {
  const back = from < to ? -1 : 1
  const head = line.isLost
    ? `M${(to + 12 * back - 4).toFixed(1)} ${y - 4}l8 8m0-8l-8 8`
    : `M${(to + 7 * back).toFixed(1)} ${y - 4}L${to.toFixed(1)} ${y}l${7 * back} 4`
  const end = line.isLost ? to + 12 * back : to
  const room = Math.abs(to - from) - 24
  const text = fitted(line.text, room)
  return element(
    'g',
    { class: line.isLost ? 'message lost' : 'message' },
    tipped(
      'path',
      { d: `M${from.toFixed(1)} ${y.toFixed(1)}H${end.toFixed(1)}${head}` },
      `${line.at.toFixed(2)} ms: ${textOf(line, actors)}`,
    ),
    element('rect', {
      class: 'paper',
      x: (from + to) / 2 - textWidth(text) / 2 - 3,
      y: y - FONT / 2,
      width: textWidth(text) + 6,
      height: FONT,
    }),
    label((from + to) / 2, y + FONT * 0.35, text, { anchor: 'middle' }),
  )
}

/** Something that happens to an actor, with its text on the side that has room. */
function happening(
  x: number,
  y: number,
  line: SequenceLine,
  actors: readonly string[],
  width: number,
): Markup {
  const isLeft = x > width / 2
  const text = fitted(line.text, (isLeft ? x - TIME : width - x) - 12)
  return element(
    'g',
    { class: 'happening' },
    tipped('circle', { cx: x, cy: y, r: 4 }, `${line.at.toFixed(2)} ms: ${textOf(line, actors)}`),
    element('rect', {
      class: 'paper',
      x: isLeft ? x - 10 - textWidth(text) : x + 7,
      y: y - FONT / 2,
      width: textWidth(text) + 4,
      height: FONT,
    }),
    label(isLeft ? x - 8 : x + 8, y + FONT * 0.35, text, { anchor: isLeft ? 'end' : 'start' }),
  )
}
