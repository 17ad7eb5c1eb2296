import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isShortage } from '../input-error.js'
import { writers } from './box.js'
import { signalOf } from './ending.js'
import type { Started } from './sandbox.js'
import type { TimeBudget } from './time-budget.js'
import { usageOf } from './usage.js'

/** What a solution may use in one check. */
export interface Limits {
  /**
   * Milliseconds of processor time in one check, and of time in which nothing happens although an answer is due: what
   * a slow or busy machine takes longer for counts as neither. Wall time where the system doesn't tell.
   */
  readonly time: number
  /** Bytes of memory, of all its processes together. */
  readonly memory: number
  /** Bytes on standard output and standard error. */
  readonly output: number
  /** Processes at once. */
  readonly processes: number
}

export const gradeLimits: Limits = { time: 10_000, memory: 1 << 29, output: 1 << 25, processes: 48 }

/** How often what processes use is looked at, in milliseconds. */
const WATCH_MS = 50
/** In all processes together: they would be missing elsewhere. */
const MAX_THREADS = 512
/** How many looks go by between those at what was written. */
const LOOKS_A_SIZE = 10
/** Lines on standard output, answers among them: each is looked at. */
const MAX_LINES = 200_000
/** How long a pipe may stay open after its process has ended, in milliseconds. */
const LINGER_MS = 1000
/** What is kept of what a solution prints, in characters. */
const KEPT = 2000

/** How a program ended: by itself, out of time or memory, at another limit, or before it could begin. */
export type End = 'own' | 'time' | 'memory' | 'limit' | 'never began'

/** A solution that runs: lines go in and out, and everything that it started ends with it. */
export class SolutionProcess {
  private readonly watch: NodeJS.Timeout
  private readonly exited: Promise<void>
  private bytes = 0
  private rest = ''
  /** The limit at which it was ended. */
  private stopped: string | undefined
  private isTooLarge = false
  private ending = ''
  private isReady: boolean
  private looks = 0
  private lines = 0
  private lookedAt = performance.now()
  /** When it was last given something to do, or gave an answer. */
  private exchangedAt = performance.now()
  printed = ''

  constructor(
    private readonly started: Started,
    private readonly limits: Limits,
    private readonly budget: TimeBudget,
    /** Whether an answer is due. */
    private readonly isAwaited: () => boolean,
    /** A line that it wrote to standard output. */
    private readonly heard: (line: string) => void,
    /** It has ended, and why. */
    private readonly gone: (why: string, end: End) => void,
  ) {
    this.isReady = started.ready === undefined
    const { child } = started
    const { stdin, stdout, stderr } = child
    stdin.on('error', () => {}) // It has ended, or closed its input: its silence will tell.
    stdout.setEncoding('utf8').on('data', (text: string) => this.read(text))
    stderr.setEncoding('utf8').on('data', (text: string) => {
      if (this.within(text)) this.keep(text)
    })
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        const { code = error.message } = error as NodeJS.ErrnoException
        this.ending = `can't start ${started.name}: ${code}`
        if (isShortage(error)) this.isReady = false
        resolve()
      })
      child.once('exit', (code, signal) => {
        const name = signal ?? signalOf(code)
        this.ending ||= name ? `was ended by ${name}` : `ended by itself, with exit code ${code}`
        this.kill()
        setTimeout(resolve, LINGER_MS).unref()
      })
      child.once('close', () => resolve())
    })
    writers.add(this)
    // After what it has written is read, which on a busy machine has waited for the grader.
    this.watch = setInterval(() => setImmediate(() => this.checkUse()), WATCH_MS)
    void this.exited.then(() => {
      clearInterval(this.watch)
      writers.delete(this)
      budget.settle()
      started.clear()
      if (this.rest !== '') this.heard(this.rest)
      this.gone(this.stopped ?? this.ending, this.endOf())
    })
  }

  private endOf(): End {
    if (this.stopped !== undefined) return this.budget.isSpent ? 'time' : this.isTooLarge ? 'memory' : 'limit'
    return this.isReady ? 'own' : 'never began'
  }

  write(text: string): void {
    this.exchanged()
    const { stdin } = this.started.child
    if (stdin.writable) stdin.write(text)
  }

  /** It answered, or was asked or answered something: until now it wasn't idle. */
  exchanged(): void {
    this.exchangedAt = performance.now()
  }

  /** Keeps what was printed and is no answer. */
  keep(text: string): void {
    if (this.printed.length < KEPT) this.printed += text.slice(0, KEPT - this.printed.length)
  }

  /** Ends it and all that it started; done when they are gone. */
  async end(why?: string): Promise<void> {
    this.stopped ??= why
    this.kill()
    await this.exited
  }

  /** Ends it without waiting until it is gone. */
  kill(): void {
    this.started.kill()
  }

  private read(text: string): void {
    if (!this.within(text)) return
    const end = text.lastIndexOf('\n')
    // Only appended to: a line without end must not be searched again with each piece of it.
    if (end < 0) {
      this.rest += text
      return
    }
    const lines = (this.rest + text.slice(0, end)).split('\n')
    this.rest = text.slice(end + 1)
    if (!this.isReady && lines[0] === this.started.ready) {
      this.isReady = true
      lines.shift()
    }
    this.lines += lines.length
    if (this.lines > MAX_LINES) {
      void this.end(`printed more than ${MAX_LINES / 1000},000 lines`)
      return
    }
    for (const line of lines) this.heard(line)
  }

  private within(text: string): boolean {
    this.bytes += text.length
    if (this.bytes > this.limits.output) {
      void this.end(`printed more than ${this.limits.output >> 20} MB`)
    }
    return this.stopped === undefined
  }

  private checkUse(): void {
    const { pid } = this.started.child
    if (pid === undefined) return
    const { limits } = this
    const now = performance.now()
    // A late look means that the grader had no processor, not that the solution was idle. Nor was it while what it had
    // asked waited for the grader.
    const passed = Math.min(now - this.lookedAt, now - this.exchangedAt, 2 * WATCH_MS)
    this.lookedAt = now
    const usage = usageOf(pid, limits.memory)
    const late = this.budget.look(usage, passed, this.isAwaited())
    if (late) void this.end(late)
    if (usage && usage.processes > limits.processes)
      void this.end(`started more than ${limits.processes} processes`)
    if (usage && usage.threads > MAX_THREADS) void this.end(`started more than ${MAX_THREADS} threads`)
    if (this.stopped === undefined) this.isTooLarge = usage !== undefined && usage.memory > limits.memory
    if (this.isTooLarge) void this.end(`used more than ${limits.memory >> 20} MB of memory`)
    if (
      this.started.watched &&
      ++this.looks % LOOKS_A_SIZE === 0 &&
      bytesIn(this.started.watched) > this.started.quota
    )
      void this.end(`wrote more than ${this.started.quota >> 20} MB`)
  }
}

/** What the files in a folder take on disk. */
function bytesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
      (sum, path) => sum + 512 * (lstatSync(join(folder, path), { throwIfNoEntry: false })?.blocks ?? 0),
      0,
    )
  } catch {
    return 0 // It changes while it is looked at.
  }
}
