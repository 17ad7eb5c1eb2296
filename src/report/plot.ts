import { renderCurves } from './curves.js'
import type { Paint } from './paint.js'
import type { Plot } from './report.js'
import { renderRing } from './ring-drawing.js'

/** A plot as lines of at most `width` characters. */
export function renderPlot(plot: Plot, width: number, paint: Paint): string[] {
  return plot.kind === 'curves' ? renderCurves(plot, width, paint) : renderRing(plot, width, paint)
}
