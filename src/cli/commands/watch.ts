import { type FSWatcher, watch } from 'node:fs'
import { normalize } from 'node:path'
import { checkExercise } from '../../grading/check.js'
import { slugs } from '../../grading/course.js'
import { gradeReport } from '../../grading/formats/report.js'
import type { Lab } from '../../grading/lab.js'
import { Progress } from '../../grading/progress.js'
import { revealed } from '../../grading/reveal.js'
import { InputError } from '../../input-error.js'
import type { Paint } from '../../report/paint.js'
import { renderTerminal } from '../../report/terminal.js'
import { command } from '../options/declare.js'
import { labOf, labOption, optionalExercise } from '../options/lab.js'
import { oneLine, outputPaint, outputWidth, write } from '../output/terminal.js'
import { CONTROL_D, Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'
import { nextHint } from './hint.js'

/** Editors write a file in several steps: how long to wait for the last, in milliseconds. */
const SETTLE_MS = 40
const NOT_WATCHED = /(^|[\\/])(node_modules|\.git|\.cachelab|__pycache__)([\\/]|$)/

export const { configure, examples } = command({
  description:
    'Checks an exercise whenever its file is saved. Keys: h hint, n next, l list, r rerun, q quit.',
  operand: optionalExercise,
  options: {
    lab: labOption,
  },
  examples: [
    ['cachelab watch', 'continues with the last exercise'],
    ['cachelab watch hash-ring', 'starts with this exercise'],
    ['cachelab watch --lab my-lab', 'in another folder'],
  ],
  async run(flags, slug) {
    const lab = labOf(flags)
    if (!surface().stdin.isTTY)
      throw new InputError('cachelab watch needs a terminal for its keys; cachelab check checks once')
    const watching = new Watching(lab, await outputPaint())
    const watcher = watching.start(slug)
    const keyboard = new Keyboard()
    for (let key = ''; key !== 'q' && key !== CONTROL_D; ) {
      key = await keyboard.key()
      await watching.press(key)
    }
    watcher.close()
    watching.cancel()
    keyboard.close()
  },
})

/** A session of watching: one exercise and one check at a time. */
class Watching {
  private readonly progress: Progress
  private current = ''
  private running: AbortController | undefined
  private settling: NodeJS.Timeout | undefined

  constructor(
    private readonly lab: Lab,
    private readonly paint: Paint,
  ) {
    this.progress = new Progress(lab)
  }

  start(slug: string | undefined): FSWatcher {
    const known = slugs()
    const last = known.find((other) => other === this.progress.at && !this.progress.isDone(other))
    // Before the first check begins, so that no save is missed.
    const watcher = this.watch()
    this.open(slug ?? last ?? this.nextAfter(known.length - 1) ?? known[0])
    return watcher
  }

  private watch(): FSWatcher {
    try {
      return watch(this.lab.folder, { recursive: true }, (_, path) => this.saved(path ?? ''))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new InputError(`can't watch ${JSON.stringify(this.lab.folder)}: ${code}`)
    }
  }

  async press(key: string): Promise<void> {
    if (key === 'r') this.check()
    if (key === 'l') this.list()
    if (key === 'h') write(`\n${await nextHint(this.progress, this.current)}`)
    if (key === 'n') {
      const next = this.nextAfter(slugs().indexOf(this.current))
      if (next === undefined) write('\nAll other exercises are done.\n')
      else this.open(next)
    }
  }

  cancel(): void {
    clearTimeout(this.settling)
    this.running?.abort()
  }

  /** The next exercise after a position that isn't done; the search wraps around. */
  private nextAfter(index: number): string | undefined {
    const known = slugs()
    return [...known.slice(index + 1), ...known.slice(0, index + 1)].find(
      (slug) => !this.progress.isDone(slug),
    )
  }

  /** Shows an exercise. One that has passed isn't checked again until its file changes. */
  private open(slug: string): void {
    this.current = slug
    this.progress.at = slug
    if (!this.progress.isDone(slug)) {
      this.check()
      return
    }
    write(
      `\n${this.paint.good('✓')} ${slug} is done; it is checked again when ${this.fileOf(slug)} changes.\n`,
    )
    this.keys()
  }

  private saved(path: string): void {
    if (NOT_WATCHED.test(path)) return
    const saved = [...this.lab.entries].find(([, { file }]) => normalize(file) === normalize(path))?.[0]
    if (saved !== undefined && this.progress.isDone(saved)) return
    clearTimeout(this.settling)
    // A file that belongs to no exercise may be one that the current one imports.
    this.settling = setTimeout(() => {
      if (saved !== undefined && saved !== this.current && slugs().includes(saved)) this.open(saved)
      else this.check()
    }, SETTLE_MS)
  }

  private check(): void {
    this.running?.abort()
    const controller = new AbortController()
    this.running = controller
    const slug = this.current
    write(`\n${this.paint.dim(`checking ${slug} …`)}\n`)
    checkExercise(this.lab, slug, this.progress, controller.signal).then(
      ({ grade, result }) => {
        if (controller.signal.aborted) return
        write(
          `\n${renderTerminal(gradeReport(revealed(grade, 'cases')), { width: outputWidth(), paint: this.paint })}`,
        )
        if (result.score === result.maxScore)
          write(`\n${this.paint.good('✓')} ${slug} is done. n: the next.\n`)
        this.keys()
      },
      (error: Error) => {
        if (!controller.signal.aborted) write(`\n${this.paint.bad('✗')} ${oneLine(error.message)}\n`)
      },
    )
  }

  private list(): void {
    const lines = slugs().map((slug) => {
      const { passed, checks } = this.progress.of(slug)
      const state = this.progress.isDone(slug)
        ? 'done'
        : checks === undefined
          ? 'not checked yet'
          : `${passed} of ${checks} checks`
      return `${slug === this.current ? '→' : ' '} ${slug}: ${state}`
    })
    write(`\n${lines.join('\n')}\n`)
  }

  private keys(): void {
    write(
      this.paint.dim(
        `\nWatching ${this.fileOf(this.current)}. h hint · n next · l list · r rerun · q quit\n`,
      ),
    )
  }

  private fileOf(slug: string): string {
    return this.lab.entries.get(slug)?.file ?? 'cachelab.json'
  }
}
