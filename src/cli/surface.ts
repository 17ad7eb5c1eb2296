import type { Readable } from 'node:stream'

/** What one run of the program reads from and writes to: the streams of the process, or a caller's (see run.ts). */
export interface Surface {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Columns of the terminal that shows standard output; undefined where it is none. */
  readonly columns: number | undefined
  /** Whether standard error is a terminal. */
  readonly showsProgress: boolean
  print(text: string): void
  warn(text: string): void
  /** The exit code where no error decides it. */
  code: number
}

let current: Surface

/** The surface of the run that is under way: one at a time. */
export const surface = (): Surface => current

export function useSurface(next: Surface): void {
  current = next
}

/** The run does its work to the end, and its exit code says that a check or a grade failed. */
export function fail(): void {
  current.code = 1
}
