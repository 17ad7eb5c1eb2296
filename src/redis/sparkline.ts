export interface Bar {
  readonly value: number
  readonly label: string
}

/** From the lowest to the highest third of a line. */
const THIRDS = '_o#'

/** Bars of a few lines of text, with their labels below them from top to bottom, as LATENCY GRAPH draws them. */
export function sparkline(bars: readonly Bar[], columns: number, lines: number): string {
  const values = bars.map(({ value }) => value)
  const lowest = Math.min(...values)
  const range = Math.max(...values) - lowest || 1
  const steps = lines * THIRDS.length
  const heightOf = (value: number) => Math.min(Math.trunc(((value - lowest) * steps) / range), steps - 1)
  const blocks: string[] = []
  for (let at = 0; at < bars.length; at += columns) {
    const part = bars.slice(at, at + columns)
    const rows = Array.from({ length: lines }, (_, row) =>
      part.map(({ value }) => signAt(heightOf(value) - (lines - row - 1) * THIRDS.length)),
    )
    const longest = Math.max(...part.map(({ label }) => label.length))
    rows.push(part.map(() => ' '))
    for (let i = 0; i < longest; i++) rows.push(part.map(({ label }) => label[i] ?? ' '))
    blocks.push(rows.map((signs) => `${signs.join('')}\n`).join(''))
  }
  return blocks.join('\n')
}

const signAt = (third: number) => (third < 0 ? ' ' : (THIRDS[third] ?? '|'))
