import type { BarFigure } from '../report/report.js'

/** More bars than anybody compares. */
const MOST = 60

/** Bars of what a table shows in a terminal; none where there are fewer than two with a value, or too many to look at. */
export function comparedBars(figure: Omit<BarFigure, 'kind' | 'shownElsewhere'>): BarFigure[] {
  const known = figure.categories.filter((_, i) => figure.series.some(({ values }) => values[i] !== null))
  const isShown = known.length > 1 && figure.categories.length <= MOST
  return isShown ? [{ kind: 'bars', shownElsewhere: true, ...figure }] : []
}
