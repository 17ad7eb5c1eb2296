import { renderBars } from './bars.js'
import { renderCurves } from './curves.js'
import { renderHeat } from './heat.js'
import type { Paint } from './paint.js'
import type { Figure } from './report.js'
import { renderRing } from './ring-drawing.js'
import { renderSequence } from './sequence.js'
import { renderStrips } from './strips.js'

/** A figure as lines of at most `width` characters. */
export function renderFigure(figure: Figure, width: number, paint: Paint, isAscii = false): string[] {
  switch (figure.kind) {
    case 'curves':
      return renderCurves(figure, width, paint, isAscii)
    case 'bars':
      return renderBars(figure, width, paint)
    case 'heat':
      return renderHeat(figure, width, paint)
    case 'strips':
      return renderStrips(figure, width, paint)
    case 'ring':
      return renderRing(figure, width, paint, isAscii)
    case 'sequence':
      return renderSequence(figure, width, paint, isAscii)
  }
}
