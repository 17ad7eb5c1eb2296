import type { KeySource } from '../../keys/index.js'
import { type FormatName, formats, type Report } from '../../report/index.js'
import { note, outputPaint, outputWidth, ProgressLine, printNotes, write } from './terminal.js'

type Run = (progress: (done: number, total: number | null) => void) => Promise<Report> | Report

/** Runs an experiment with a progress line and prints its report in a format. */
export async function show(format: FormatName, what: string, run: Run): Promise<void> {
  const line = new ProgressLine(what)
  const clear = () => line.clear()
  process.once('exit', clear)
  // Requested early, the renderer loads at the experiment's first pause, while hot code is compiled on another core.
  const renderer = formats[format]()
  let report: Report
  try {
    report = await run(line.update)
  } finally {
    process.off('exit', clear)
    line.clear()
  }
  printNotes()
  const surface = { width: outputWidth(), paint: await outputPaint() }
  write((await renderer)(report, surface))
}

export function noteBlankLines({ blankLines, label }: KeySource): void {
  if (blankLines > 0) note(`skipped ${blankLines} blank ${blankLines === 1 ? 'line' : 'lines'} of ${label}`)
}
