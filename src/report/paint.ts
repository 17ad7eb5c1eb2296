/** What the terminal renderers may do to a text. The plain one leaves it as it is. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  accent(text: string): string
  /** One of a dozen colours for the thing numbered `index`: a curve's, a node's. */
  series(index: number, text: string): string
  /** The same as a background. */
  block(index: number, text: string): string
}

/** Where a report is shown. */
export interface Surface {
  readonly width: number
  /** Whether that is the width of a screen: elsewhere a command line to copy stays in one piece. */
  readonly isWidthKnown?: boolean
  readonly paint: Paint
  /** Whether only ASCII can be shown. */
  readonly isAscii?: boolean
}

const asIs = (text: string) => text

/**
 * Leaves texts as they are: for files and pipes.
 *
 * @example
 * import { type Paint, plainPaint } from 'cachelab/report'
 * const loud: Paint = { ...plainPaint, bad: (text) => text.toUpperCase() }
 * loud.bad('lost') // 'LOST'
 */
export const plainPaint: Paint = {
  bold: asIs,
  dim: asIs,
  good: asIs,
  bad: asIs,
  accent: asIs,
  series: (_, text) => text,
  block: (_, text) => text,
}

/** Paints with ANSI's sixteen colours, which every terminal theme keeps readable. */
export async function colourPaint(): Promise<Paint> {
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  const series = [
    chalk.cyan,
    chalk.yellow,
    chalk.magenta,
    chalk.green,
    chalk.blue,
    chalk.red,
    chalk.cyanBright,
    chalk.yellowBright,
    chalk.magentaBright,
    chalk.greenBright,
    chalk.blueBright,
    chalk.redBright,
  ]
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    accent: (text) => chalk.cyan(text),
    series: (index, text) => series[index % series.length](text),
    block: (index, text) => series[index % series.length].inverse(text),
  }
}
