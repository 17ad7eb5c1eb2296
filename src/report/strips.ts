import { formatNumber } from './format.js'
import { letterOf } from './letters.js'
import type { Paint } from './paint.js'
import type { StripFigure } from './report.js'
import { displayWidth } from './width.js'
import { wrap } from './wrap.js'

/** A range in rows of letters, each the owner of the largest part of what is there. */
export function renderStrips({ title, x, owners, rows }: StripFigure, width: number, paint: Paint): string[] {
  const ends = rows.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]))
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const used = new Set<number>()
  const bands = rows.flatMap(({ name, spans }) => {
    const letters = Array.from({ length: width }, (_, column) => {
      const at = low + ((column + 0.5) / width) * (high - low)
      const owner = spans.find(({ from, to }) => from <= at && at < to)?.owner
      if (owner === undefined) return ' '
      used.add(owner)
      return paint.block(owner, letterOf(owner))
    })
    return [...wrap(name, width), letters.join('')]
  })
  const [first, last] = [low, high].map((value) => formatNumber(value, x.unit))
  const named = [...used].sort((a, b) => a - b).map((owner) => `${letterOf(owner)} ${owners[owner]}`)
  return [
    ...wrap(title, width).map(paint.bold),
    ...bands,
    `${first}${last.padStart(width - displayWidth(first))}`,
    ...wrap(`${x.label}: ${named.join(', ')}`, width),
  ]
}
