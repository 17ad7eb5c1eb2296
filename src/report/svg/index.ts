import { describeFigure, figureTitle } from '../figure-text.js'
import { element, join, type Markup, verbatim } from '../markup.js'
import { type Figure, type Report, shownReport } from '../report.js'
import { withoutCommands } from '../text.js'
import { drawBars } from './bars.js'
import { drawCurves } from './curves.js'
import { type Drawing, LINE, label } from './drawing.js'
import { drawHeat } from './heat.js'
import { drawRings } from './ring.js'
import { drawSequence } from './sequence.js'
import { drawStrips } from './strips.js'
import { figureStyle } from './style.js'

/** Pixels; on a screen a picture takes the width that there is. */
const WIDTH = 760
const MARGIN = 12
const GAP = 24

/** A figure as SVG of a width, in pixels. */
export function drawFigure(figure: Figure, width: number): Drawing {
  switch (figure.kind) {
    case 'curves':
      return drawCurves(figure, width)
    case 'bars':
      return drawBars(figure, width)
    case 'heat':
      return drawHeat(figure, width)
    case 'strips':
      return drawStrips(figure, width)
    case 'ring':
      return drawRings(figure, width)
    case 'sequence':
      return drawSequence(figure, width)
  }
}

/** An svg element with a title and a description for those who don't see it. `id` is its own on the page. */
export function svgOf(figure: Figure, width: number, id: string, style?: string): Markup {
  const { height, content } = drawFigure(figure, width)
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${Math.ceil(height)}`,
      role: 'img',
      class: style,
      'aria-labelledby': `${id}-title ${id}-text`,
    },
    element('title', { id: `${id}-title` }, figureTitle(figure)),
    element('desc', { id: `${id}-text` }, describeFigure(figure)),
    content,
  )
}

/** The figures of a report, one below the other, as a file of its own: no script, nothing from elsewhere. */
export function renderSvg(given: Report): string {
  const report = shownReport(given)
  const content: Markup[] = [label(0, LINE, report.title, { style: 'title' })]
  let height = LINE + GAP / 2
  for (const figure of report.figures ?? []) {
    const drawing = drawFigure(figure, WIDTH)
    const title = figureTitle(figure)
    if (title !== '') {
      content.push(label(0, height + LINE, title))
      height += LINE + GAP / 2
    }
    content.push(element('g', { transform: `translate(0 ${height})` }, drawing.content))
    height += Math.ceil(drawing.height) + GAP
  }
  const [width, whole] = [WIDTH + 2 * MARGIN, height + MARGIN]
  const picture = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `${-MARGIN} ${-MARGIN} ${width} ${whole}`,
      width,
      height: whole,
      role: 'img',
      'aria-labelledby': 'title text',
    },
    element('title', { id: 'title' }, report.title),
    element('desc', { id: 'text' }, (report.figures ?? []).map(describeFigure).join(' ')),
    verbatim('style', figureStyle),
    join(element('rect', { class: 'paper', x: -MARGIN, y: -MARGIN, width, height: whole }), content),
  )
  return withoutCommands(`${picture.markup}\n`)
}
