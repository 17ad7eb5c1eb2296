import { atEnd, notAtEnd } from '../../at-end.js'
import { asciiText } from '../../report/ascii.js'
import { colourPaint, type Paint, plainPaint } from '../../report/paint.js'
import { printable, withoutCommands } from '../../report/text.js'
import { displayWidth } from '../../report/width.js'
import { wrap, wrapCommand, wrapLines } from '../../report/wrap.js'
import { type Surface, surface } from '../surface.js'

const DEFAULT_WIDTH = 80
/** Columns below and above which no screen is believed: what is drawn takes time and memory with its width. */
const [MIN_WIDTH, MAX_WIDTH] = [20, 1000]
/** The exit code of a program that Ctrl-C has ended. */
export const INTERRUPTED = 130

/** Writes data to standard output, whole, before it returns. */
export const writeData = (text: string): void => surface().print(text)

/** What is written: a function where it depends on the width of the screen. */
type Text = string | (() => string)
const textOf = (text: Text) => (typeof text === 'string' ? text : text())

/** The same for what people read: in ASCII where the locale says so. */
export function write(text: Text): void {
  const written = isAscii() ? asciiText : (whole: string) => whole
  const drawn = () => written(textOf(text))
  const { draw } = surface()
  if (draw) draw(drawn)
  else writeData(drawn())
}

/** The same for sentences: lines that are wider than the screen are broken. */
export const writeProse = (text: Text): void => write(() => wrapLines(textOf(text), outputWidth()))

const CLEARED = '\u001b[H\u001b[2J'

/** Whether screens can replace one another: a dumb terminal only goes on. */
export const canClear = (): boolean => surface().env.TERM !== 'dumb'

/** Begins a screen anew, where that is possible. */
export const clearScreen = (): void => write(canClear() ? CLEARED : '\n')

/** Whether only ASCII was asked for, or the locale, where there is one, has no UTF-8. */
export function isAscii(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = surface().env
  return surface().isAscii || !/^$|utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}

/** Whether to write colour: never with NO_COLOR, else as FORCE_COLOR says, else where a person is reading. */
function wantsColour({ env, columns }: Surface): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return columns !== undefined && env.TERM !== 'dumb'
}

/** How to paint on standard output. */
export async function outputPaint(): Promise<Paint> {
  return wantsColour(surface()) ? colourPaint() : plainPaint
}

/** Columns of standard output: the terminal's, else COLUMNS, else 80; 1000 at most. */
export function outputWidth(): number {
  const { env, columns = Number(env.COLUMNS) } = surface()
  return columns >= MIN_WIDTH ? Math.min(Math.floor(columns), MAX_WIDTH) : DEFAULT_WIDTH
}

/** Whether a terminal or COLUMNS says how wide the screen is. */
export function isWidthKnown(): boolean {
  const { env, columns } = surface()
  return Boolean(columns || env.COLUMNS)
}

/** A command line to copy, broken to fit where the screen's width is known, else in one piece. */
export const commandLine = (line: string, indent = 0): string =>
  isWidthKnown() ? wrapCommand(line, outputWidth() - indent) : line

/** The same on lines of its own, which are indented by two columns. */
export const indentedCommand = (line: string): string => commandLine(line, 2).replace(/^/gm, '  ')

/** A sentence that leads to a command to copy, which gets lines of its own where the screen is too narrow for both. */
export function withCommand(sentence: string, line: string): string {
  const width = outputWidth()
  const joined = `${sentence} ${line}`
  if (displayWidth(joined) <= width) return joined
  return `${wrap(sentence, width).join('\n')}\n${indentedCommand(line)}`
}

/** A message on standard error: one line, which a terminal shows wrapped. */
export function warn(text: string): void {
  const line = oneLine(isAscii() ? asciiText(text) : text)
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
/** Takes back what stands in the line of the cursor. */
export const CLEAR_LINE = '\r\u001b[K'
/** Processor time that a run may take without a word, and after how much of it the rest is estimated. */
const LONG_MS = 10_000
const MEASURED_MS = 800
/** Less of it at the beginning says nothing about the rest: code runs slowly until it is compiled. */
const COLD_MS = 1600

const processorMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * How far a run is, on standard error: a line that is drawn again and again for a person, if the work takes longer than
 * half a second; elsewhere one note, early, if it is going to take long.
 */
export class ProgressLine {
  private readonly start = Date.now()
  private drawn = 0
  /** Since when, from where and after how much processor time it is on its way to the present total. */
  private begun = { time: this.start, done: 0, processorMs: 0 }
  private total: number | null = null
  /** Whether it is since code has been compiled. */
  private isWarm = false
  private isAnnounced = false

  constructor(private readonly what: string) {}

  /** Shows how far it is; cheap enough to be called often. */
  readonly update = (done: number, total: number | null): void => {
    const now = Date.now()
    if (total !== this.total) {
      this.total = total
      this.begun = { time: now, done, processorMs: processorMs() }
      this.isWarm = false
    }
    if (now - this.start < PATIENCE_MS || now - this.drawn < REDRAW_MS) return
    if (!surface().showsProgress) {
      this.drawn = now
      this.announce(now, done, total)
      return
    }
    if (this.drawn === 0) atEnd(this.clear)
    this.drawn = now
    const amount = total === null ? String(done) : `${Math.floor((Math.min(done, total) / total) * 100)}%`
    const left = total === null ? 0 : this.msFor(total - done, now, done)
    surface().warn(
      `${CLEAR_LINE}${this.what}: ${amount}${tasksDone(now)}${left < 2000 ? '' : `, about ${inWords(left)} left`}`,
    )
  }

  /** Says how long a run takes that is going to take long. */
  private announce(now: number, done: number, total: number | null): void {
    if (this.isAnnounced || total === null) return
    const all = processorMs()
    const used = all - this.begun.processorMs
    if (used < MEASURED_MS || done === this.begun.done) return
    if (!this.isWarm && used < COLD_MS) {
      this.isWarm = true
      this.begun = { time: now, done, processorMs: all }
      return
    }
    if (all + (used / (done - this.begun.done)) * (total - done) < LONG_MS) return
    this.isAnnounced = true
    note(`this run takes about ${inWords(now - this.start + this.msFor(total - done, now, done))}`)
  }

  /** How long an amount of work takes, by what the part done so far took; 0 where that can't be told. */
  private msFor(amount: number, now: number, done: number): number {
    const { begun } = this
    return done > begun.done ? ((now - begun.time) / (done - begun.done)) * amount : 0
  }

  readonly clear = (): void => {
    if (this.drawn > 0 && surface().showsProgress) surface().warn(CLEAR_LINE)
    notAtEnd(this.clear)
  }
}

/** `, 12 of 40 tasks, 3.1 a second`, where work is a list of tasks. */
function tasksDone(now: number): string {
  const { tasks } = surface()
  if (!tasks) return ''
  const rate = (1000 * tasks.done) / Math.max(1, now - tasks.begun)
  return `, ${tasks.done} of ${tasks.tasks} tasks${tasks.done > 0 ? `, ${Number(rate.toPrecision(2))} a second` : ''}`
}

/** `40 s`, `3 min` or `2 h`. */
function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 100) return `${seconds} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
