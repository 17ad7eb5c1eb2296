import { InputError } from '../../input-error.js'
import type { KeySource } from '../../keys/index.js'
import { asciiReport } from '../../report/ascii.js'
import { type FormatName, formats, type Report } from '../../report/index.js'
import { surface } from '../surface.js'
import {
  isAscii,
  isWidthKnown,
  note,
  outputPaint,
  outputWidth,
  ProgressLine,
  printNotes,
  write,
  writeData,
} from './terminal.js'

type Run = (progress: (done: number, total: number | null) => void) => Promise<Report> | Report

/** Runs an experiment with a progress line and prints its report in a format. */
export async function show(format: FormatName, what: string, run: Run): Promise<void> {
  const line = new ProgressLine(what)
  // Requested early, the renderer loads at the experiment's first pause, while hot code is compiled on another core.
  const renderer = formats[format]()
  let report: Report
  try {
    report = await run(line.update)
  } finally {
    line.clear()
  }
  printNotes()
  report = repeatable(report)
  report = surface().choose?.(report) ?? report
  if (format === 'svg' && !report.figures?.length)
    throw new InputError(`${report.command} has no figure for --format svg; html shows its tables`)
  const screen = { paint: await outputPaint(), isAscii: isAscii(), isWidthKnown: isWidthKnown() }
  const render = await renderer
  const text = () => render(report, { ...screen, width: outputWidth() })
  if (format !== 'table') return writeData(text())
  if (screen.isAscii) report = asciiReport(report)
  write(text)
}

/** A report with the arguments that make it again. */
function repeatable({ schema, command, ...rest }: Report): Report {
  return { schema, command, ...(surface().arguments && { arguments: surface().arguments }), ...rest }
}

export function noteBlankLines({ blankLines, label }: KeySource): void {
  if (blankLines > 0) note(`skipped ${blankLines} blank ${blankLines === 1 ? 'line' : 'lines'} of ${label}`)
}
