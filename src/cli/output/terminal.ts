import { fstatSync, statSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { colourPaint, type Paint, plainPaint } from '../../report/paint.js'
import { printable, withoutCommands } from '../../report/text.js'

const STDOUT = 1
const STDERR = 2
const DEFAULT_WIDTH = 80
/** The exit code of a program that Ctrl-C has ended. */
export const INTERRUPTED = 130

/**
 * Writes data to standard output, whole, before it returns. Node's own stream would do the same for files,
 * pipes and terminals, but takes milliseconds to load; it is left the case of a full non-blocking pipe.
 *
 * Ends the process, without complaint, where the reader has gone away, as `head` does.
 */
export function write(text: string): void {
  const bytes = Buffer.from(text)
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(STDOUT, bytes, done)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPIPE') process.exit()
    if (code !== 'EAGAIN') throw error
    process.stdout.write(bytes.subarray(done))
  }
}

/** Whether a person sees a stream. Asks the file system first: the stream itself takes milliseconds to load. */
function isTerminal(descriptor: number): boolean {
  try {
    const device = fstatSync(descriptor)
    if (!device.isCharacterDevice() || device.rdev === statSync(devNull).rdev) return false
  } catch {
    return false
  }
  return (descriptor === STDOUT ? process.stdout : process.stderr).isTTY === true
}

/** Whether to write colour: FORCE_COLOR decides where it is set, then NO_COLOR, then whether a person is reading. */
function wantsColour(env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR) return false
  return isTerminal(STDOUT) && env.TERM !== 'dumb'
}

/** How to paint on standard output. */
export async function outputPaint(): Promise<Paint> {
  return wantsColour(process.env) ? colourPaint() : plainPaint
}

/** Columns of standard output: the terminal's, else COLUMNS, else 80. */
export function outputWidth(): number {
  const width = isTerminal(STDOUT) ? process.stdout.columns : Number(process.env.COLUMNS)
  return width >= 20 ? width : DEFAULT_WIDTH
}

/** A line on standard error that isn't data: a hint, a warning. */
export function note(text: string): void {
  process.stderr.write(`${oneLine(`note: ${text}`)}\n`)
}

/** A message in one line and as nothing but text, whatever a file or its name has put into it. */
export function oneLine(text: string): string {
  return withoutCommands(printable(text.trim().replace(/\s*\n\s*/g, ' ')))
}

const PATIENCE_MS = 500
const REDRAW_MS = 100
const CLEAR_LINE = '\r\u001b[K'

/** A progress line on standard error: only for a person, and only if the work takes longer than half a second. */
export class ProgressLine {
  private readonly start = Date.now()
  private drawn = 0

  constructor(private readonly what: string) {}

  /** Shows how far it is; cheap enough to be called often. */
  readonly update = (done: number, total: number | null): void => {
    const now = Date.now()
    if (now - this.start < PATIENCE_MS || now - this.drawn < REDRAW_MS || !isTerminal(STDERR)) return
    this.drawn = now
    const amount = total === null ? String(done) : `${Math.floor((Math.min(done, total) / total) * 100)}%`
    process.stderr.write(`${CLEAR_LINE}${this.what}: ${amount}`)
  }

  clear(): void {
    if (this.drawn > 0) process.stderr.write(CLEAR_LINE)
  }
}
