import { colourPaint, type Paint, plainPaint } from '../../report/paint.js'
import { printable, withoutCommands } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'
import { type Surface, surface } from '../surface.js'

const DEFAULT_WIDTH = 80
/** The exit code of a program that Ctrl-C has ended. */
export const INTERRUPTED = 130

/** Writes data to standard output, whole, before it returns. */
export const write = (text: string): void => surface().print(text)

/** Whether to write colour: FORCE_COLOR decides where it is set, then NO_COLOR, then whether a person is reading. */
function wantsColour({ env, columns }: Surface): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR) return false
  return columns !== undefined && env.TERM !== 'dumb'
}

/** How to paint on standard output. */
export async function outputPaint(): Promise<Paint> {
  return wantsColour(surface()) ? colourPaint() : plainPaint
}

/** Columns of standard output: the terminal's, else COLUMNS, else 80. */
export function outputWidth(): number {
  const { env, columns = Number(env.COLUMNS) } = surface()
  return columns >= 20 ? columns : DEFAULT_WIDTH
}

/** A message on standard error: one line, which a terminal shows wrapped. */
export function warn(text: string): void {
  const line = oneLine(text)
  surface().warn(`${surface().showsProgress ? wrap(line, outputWidth()).join('\n') : line}\n`)
}

/** A message that isn't an error: a hint, a warning. */
export const note = (text: string): void => warn(`note: ${text}`)

const held = new WeakMap<Surface, string[]>()

/** A note that is printed with the report: an error stands alone. */
export function noteWithReport(text: string): void {
  const notes = held.get(surface()) ?? []
  held.set(surface(), [...notes, text])
}

/** Prints the notes that wait for a report. */
export function printNotes(): void {
  for (const text of held.get(surface()) ?? []) note(text)
  held.delete(surface())
}

/** A message as one line without control characters or workflow commands, whatever a file or its name contains. */
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
  /** Since when it is on its way to the present total. */
  private begun = this.start
  private total: number | null = null

  constructor(private readonly what: string) {}

  /** Shows how far it is; cheap enough to be called often. */
  readonly update = (done: number, total: number | null): void => {
    const now = Date.now()
    if (total !== this.total) {
      this.total = total
      this.begun = now
    }
    if (now - this.start < PATIENCE_MS || now - this.drawn < REDRAW_MS || !surface().showsProgress) return
    this.drawn = now
    const amount = total === null ? String(done) : `${Math.floor((Math.min(done, total) / total) * 100)}%`
    surface().warn(`${CLEAR_LINE}${this.what}: ${amount}${this.timeLeft(now, done, total)}`)
  }

  /** `, about 40 s left`, from the time that the part done so far took; nothing where it can't be told or is short. */
  private timeLeft(now: number, done: number, total: number | null): string {
    if (total === null || done === 0) return ''
    const seconds = Math.round((((now - this.begun) / done) * (total - done)) / 1000)
    if (seconds < 2) return ''
    return `, about ${seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`
  }

  clear(): void {
    if (this.drawn > 0) surface().warn(CLEAR_LINE)
  }
}
