import type { Readable } from 'node:stream'
import type { Report } from '../report/report.js'

/** The streams of one run of the program: those of the process, or a caller's (see run.ts). */
export interface Surface {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Columns of the terminal on standard output; undefined if it isn't a terminal. */
  readonly columns: number | undefined
  /** Its rows. */
  readonly rows: number | undefined
  /** Whether only ASCII was asked for. */
  isAscii?: boolean
  /** Whether standard error is a terminal. */
  readonly showsProgress: boolean
  print(text: string): void
  warn(text: string): void
  /** Prints what depends on the width of the screen, and keeps it for when that changes; without it, it is printed once. */
  draw?(text: () => string): void
  /** The words that run the command again, but for how its report is shown. */
  arguments?: readonly string[]
  /** What of a report is shown; all of it without. */
  choose?: ((report: Report) => Report) | undefined
  /** How many tasks of a list are done, of how many that this run does, and since when. */
  tasks?: { readonly begun: number; readonly tasks: number; done: number }
  /** The exit code of a run without an error. */
  code: number
}

let current: Surface

/** The surface of the current run; there is one at a time. */
export const surface = (): Surface => current

export function useSurface(next: Surface): void {
  current = next
}

/** Sets the exit code to that of a failed check or grade; the run continues. */
export function fail(): void {
  current.code = 1
}
