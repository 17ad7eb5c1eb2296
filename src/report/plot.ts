import { renderCurves } from './curves.js'
import type { Paint } from './paint.js'
import type { Plot } from './report.js'
import { renderRing } from './ring-drawing.js'
import { renderSequence } from './sequence.js'

/** A plot as lines of at most `width` characters. */
export function renderPlot(plot: Plot, width: number, paint: Paint, isAscii = false): string[] {
  switch (plot.kind) {
    case 'curves':
      return renderCurves(plot, width, paint)
    case 'ring':
      return renderRing(plot, width, paint, isAscii)
    case 'sequence':
      return renderSequence(plot, width, paint)
  }
}
