import {
  area,
  line,
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape'
import { formatNumber } from '../format.js'
import { element, join, type Markup } from '../markup.js'
import { type Axis, type CurveFigure, type Event, isDrawn, type Point } from '../report.js'
import { AXIS_HEIGHT, horizontalAxis, type Scale, scaleOf, tickWidth, verticalAxis } from './axis.js'
import {
  colourOf,
  type Drawing,
  FONT,
  fitted,
  LINE,
  label,
  legend,
  seriesGroup,
  textWidth,
  tipped,
} from './drawing.js'
import { ruleMarks } from './rules.js'

/** Series are told apart by these also where colours can't be. */
const SHAPES: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
]
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '4 4']
const MARK_AREA = 42
/** The area between the axes. */
const HEIGHT = 260
/** Marks on a curve, at most; values are shown for all points. */
const MARKS = 24
/** Names stand at the ends of their curves where there is room for them, and so few. */
const MOST_NAMED = 8
const NAMED_WIDTH = 560
/** Texts of events stand in so many rows, so that neighbours don't cover each other. */
const EVENT_ROWS = 4

/** Curves with their 95 % intervals, the values that they are compared with, and what happens along the way. */
export function drawCurves(figure: CurveFigure, width: number): Drawing {
  const { x: xAxis, y: yAxis, series, events = [], rules = [] } = figure
  const points = series.flatMap((one) => one.points.filter(isDrawn))
  const isNamed = width >= NAMED_WIDTH && series.length <= MOST_NAMED
  const keys = series.map(({ name }, i) => ({
    name,
    series: i,
    sample: join(stroke(i, 'M-10 0H10'), mark(i)),
  }))
  const head = isNamed ? undefined : legend(keys, width)
  const nameAt = (head?.height ?? 0) + FONT
  const top = nameAt + FONT + Math.min(EVENT_ROWS, events.length) * LINE
  const bottom = top + HEIGHT

  const ys = [...points.flatMap(([, y, low = y, high = y]) => [y, low, high]), ...rules.map(({ at }) => at)]
  const y = scaleOf(yAxis, ys, [bottom, top])
  const left = tickWidth(y) + 10
  const right = isNamed
    ? width - Math.min(180, Math.max(...keys.map(({ name }) => textWidth(name)))) - 16
    : width - 14
  const xs = [...points.map(([at]) => at), ...events.flatMap(({ at, until }) => [at, until ?? at])]
  const x = scaleOf(xAxis, xs, [left, right], true)

  const lines = series.map((one) =>
    one.points.filter(isDrawn).map(([at, value]) => ({ x: x(at), y: y(value) })),
  )
  const content = join(
    head?.content,
    events.map((event) => eventMark(event, x, { top, bottom, right })),
    verticalAxis(y, left, right, nameAt),
    horizontalAxis(x, left, right, bottom, bottom),
    events.map(({ at, text }, i) => eventText(x(at), top - 5 - (i % EVENT_ROWS) * LINE, text, right)),
    series.map((one, i) => curve(one, i, { x, y, xAxis, yAxis })),
    ruleMarks(rules, y, lines, { left, right, top, bottom }),
    isNamed ? endNames(series, y, { bottom, right, width }) : undefined,
  )
  return { width, height: bottom + AXIS_HEIGHT, content }
}

const stroke = (series: number, d: string): Markup =>
  element('path', { class: 'curve', d, 'stroke-dasharray': DASHES[series % DASHES.length] })

const shape = (series: number): string => symbol(SHAPES[series % SHAPES.length], MARK_AREA).digits(1)() ?? ''

const mark = (series: number): Markup => element('path', { class: 'mark', d: shape(series) })

interface Plane {
  readonly x: Scale
  readonly y: Scale
  readonly xAxis: Axis
  readonly yAxis: Axis
}

function curve(
  { name, points }: CurveFigure['series'][number],
  series: number,
  { x, y, xAxis, yAxis }: Plane,
): Markup {
  const path = line<Point>()
    .defined(isDrawn)
    .x(([at]) => x(at))
    .y(([, value]) => y(value!))
    .digits(1)(points)
  const interval = area<Point>()
    .defined((point) => isDrawn(point) && point.length === 4)
    .x(([at]) => x(at))
    .y0((point) => y(point[2]!))
    .y1((point) => y(point[3]!))
    .digits(1)(points)
  const drawn = points.filter(isDrawn)
  const step = Math.ceil(drawn.length / MARKS)
  const marks = drawn.map(([at, value, low, high], i) => {
    const within =
      low === undefined ? '' : ` (${formatNumber(low, yAxis.unit)} to ${formatNumber(high!, yAxis.unit)})`
    const tip = `${name}: ${formatNumber(value, yAxis.unit)}${within} at ${formatNumber(at, xAxis.unit)} ${xAxis.label}`
    const transform = `translate(${Math.round(x(at) * 10) / 10} ${Math.round(y(value) * 10) / 10})`
    return tipped('path', { class: i % step === 0 ? 'mark' : 'mark small', d: shape(series), transform }, tip)
  })
  return seriesGroup(
    series,
    interval ? element('path', { class: 'interval', d: interval }) : join(),
    path ? stroke(series, path) : join(),
    ...marks,
  )
}

/** The names at the ends of their curves, moved apart where they would cover each other. */
function endNames(
  series: CurveFigure['series'],
  y: Scale,
  { bottom, right, width }: { bottom: number; right: number; width: number },
): Markup {
  const endOf = (point: Point | undefined) => (point && isDrawn(point) ? y(point[1]) : bottom)
  const ends = series
    .map(({ name, points }, i) => ({ name, i, at: endOf(points.filter(isDrawn).at(-1)) }))
    .sort((a, b) => a.at - b.at)
  const apart = FONT + 2
  const places: number[] = []
  for (const { at } of ends) places.push(Math.max(at, (places.at(-1) ?? Number.NEGATIVE_INFINITY) + apart))
  // Those that would stand below the curves are moved up again.
  for (let i = places.length - 1, most = bottom - 2; i >= 0; i--, most = places[i + 1] - apart)
    places[i] = Math.min(places[i], Math.max(most, bottom - apart * (places.length - i)))
  const texts = ends.map(({ name, i }, row) =>
    element(
      'g',
      { class: colourOf(i), 'data-series': i, 'data-key': name },
      label(right + 8, places[row] + FONT * 0.35, fitted(name, width - right - 8), { style: 'end' }),
    ),
  )
  return join(texts)
}

function eventMark(
  { at, until, text }: Event,
  x: Scale,
  { top, bottom, right }: { top: number; bottom: number; right: number },
): Markup {
  const place = { y: top, height: bottom - top, x: x(at) }
  return join(
    until === undefined
      ? undefined
      : tipped(
          'rect',
          { class: 'span', ...place, width: Math.max(1, Math.min(right, x(until)) - x(at)) },
          text,
        ),
    tipped('line', { class: 'event', x1: x(at), x2: x(at), y1: top, y2: bottom }, text),
  )
}

/** Beside the event's line, on the side where there is room. */
function eventText(x: number, y: number, text: string, right: number): Markup {
  const isLeft = x + textWidth(text) > right && x > right / 2
  return label(isLeft ? x - 4 : x + 4, y, text, { anchor: isLeft ? 'end' : 'start', style: 'event' })
}
