import { normalize } from 'node:path'
import { checkExercise } from '../../grading/check.js'
import { slugsOf } from '../../grading/course.js'
import type { Lab } from '../../grading/lab.js'
import { Progress } from '../../grading/progress.js'
import type { ExerciseResult } from '../../grading/results.js'
import { revealed } from '../../grading/reveal.js'
import { InputError } from '../../input-error.js'
import { countOf } from '../../report/format.js'
import type { Paint } from '../../report/paint.js'
import { command } from '../options/declare.js'
import { labOf, labOption, optionalExercise, program } from '../options/lab.js'
import { clearScreen, oneLine, outputPaint, outputWidth, write, writeProse } from '../output/terminal.js'
import { watchScreen } from '../output/watch-screen.js'
import { SaveWatch } from '../save-watch.js'
import { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'
import { nextHint } from './hint.js'

/** Editors write a file in several steps: how long to wait for the last, in milliseconds. */
const SETTLE_MS = 40
/** Folders of other programs, and what editors write beside a file: swap files, backups and locks. */
const NOT_WATCHED =
  /(^|[\\/])(node_modules|\.git|\.cachelab|__pycache__|\.[^\\/]*\.sw.|4913|[^\\/]*~|\.?#[^\\/]*)([\\/]|$)/

export const { configure, examples, accepts } = command({
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
    // Before the first screen: Ctrl-D, typed while the terminal still edits lines, would be lost.
    const keyboard = new Keyboard()
    try {
      const watcher = watching.start(slug)
      for (let key = ''; key !== 'q' && key !== 'end of input'; ) {
        key = await keyboard.key()
        await watching.press(key)
      }
      watcher.close()
    } finally {
      watching.cancel()
      keyboard.close()
    }
  },
})

/** A session of watching: one exercise and one check at a time. */
class Watching {
  private readonly progress: Progress
  private current = ''
  private running: AbortController | undefined
  private settling: NodeJS.Timeout | undefined
  /** Exercises that were saved and are still to be checked. */
  private readonly waiting = new Set<string>()
  /** The checks that passed when an exercise was checked last. */
  private readonly passed = new Map<string, ReadonlySet<string>>()
  /** What is said above the next screen. */
  private news = ''

  constructor(
    private readonly lab: Lab,
    private readonly paint: Paint,
  ) {
    this.progress = new Progress(lab)
  }

  start(slug: string | undefined): SaveWatch {
    const known = slugsOf(this.lab)
    const last = known.find((other) => other === this.progress.at && !this.progress.isDone(other))
    // Before the first check begins, so that no save is missed.
    const watcher = this.watch()
    this.open(slug ?? last ?? this.nextAfter(known.length - 1) ?? known[0])
    return watcher
  }

  private watch(): SaveWatch {
    const files = [...this.lab.entries.values()].map(({ file }) => normalize(file))
    try {
      return new SaveWatch(
        this.lab.folder,
        files,
        (path) => NOT_WATCHED.test(path),
        (path) => this.saved(path),
      )
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
      const next = this.nextAfter(slugsOf(this.lab).indexOf(this.current))
      this.news = ''
      if (next === undefined) writeProse('\nAll other exercises are done.\n')
      else this.open(next)
    }
  }

  cancel(): void {
    clearTimeout(this.settling)
    this.running?.abort()
  }

  /** The next exercise after a position that isn't done; the search wraps around. */
  private nextAfter(index: number): string | undefined {
    const known = slugsOf(this.lab)
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
    this.show(
      `${this.paint.good('✓')} ${slug} is done; it is checked again when ${this.fileOf(slug)} changes.\n`,
    )
    this.checkNext()
  }

  /** A screen of its own: news, a text, and the keys. */
  private show(text: string): void {
    clearScreen()
    if (this.news !== '') writeProse(`${this.news}\n\n`)
    writeProse(text)
    writeProse(
      this.paint.dim(
        `\nWatching ${this.fileOf(this.current)}. h hint · n next · l list · r rerun · q quit\n`,
      ),
    )
  }

  private saved(path: string): void {
    const slug = [...this.lab.entries].find(([, { file }]) => normalize(file) === path)?.[0]
    if (slug !== undefined && this.progress.isDone(slug)) return
    // A file that belongs to no exercise may be one that the current one imports.
    this.waiting.add(slug !== undefined && slugsOf(this.lab).includes(slug) ? slug : this.current)
    clearTimeout(this.settling)
    this.settling = setTimeout(() => this.checkNext(), SETTLE_MS)
  }

  /** Checks one of the exercises that were saved; the others follow when it is done. */
  private checkNext(): void {
    const [slug] = this.waiting
    if (slug === undefined) return
    this.waiting.delete(slug)
    if (slug === this.current) this.check()
    else this.open(slug)
  }

  private check(): void {
    this.running?.abort()
    const controller = new AbortController()
    this.running = controller
    const slug = this.current
    writeProse(`\n${this.paint.dim(`checking ${slug} …`)}\n`)
    checkExercise(this.lab, slug, this.progress, controller.signal).then(
      ({ grade }) => {
        if (controller.signal.aborted) return
        this.judge(revealed(grade, 'cases').exercises[0])
        this.checkNext()
      },
      (error: Error) => {
        if (controller.signal.aborted) return
        this.show(`${this.paint.bad('✗')} ${oneLine(error.message)}\n`)
        this.checkNext()
      },
    )
  }

  /** Shows what a check came to; after an exercise that is done the next one follows by itself. */
  private judge(result: ExerciseResult): void {
    const { slug, score, maxScore, checks } = result
    const passedBefore = this.passed.get(slug)
    this.passed.set(slug, new Set(checks.filter(({ passed }) => passed).map(({ id }) => id)))
    if (score < maxScore) {
      const done = slugsOf(this.lab).filter((other) => this.progress.isDone(other)).length
      const standing = { result, passedBefore, done, all: slugsOf(this.lab).length }
      this.show(watchScreen(standing, outputWidth(), this.paint))
      this.news = ''
      return
    }
    this.news = this.paint.good(`✓ ${slug} is done: ${score} of ${countOf(maxScore, 'point')}.`)
    writeProse(`\n${this.news}\n`)
    const next = this.nextAfter(slugsOf(this.lab).indexOf(slug))
    if (next === undefined) this.show(`All exercises are done. ${program()} grade counts the points.\n`)
    else if (this.waiting.size === 0) this.open(next)
  }

  private list(): void {
    const lines = slugsOf(this.lab).map((slug) => {
      const { passed, checks } = this.progress.of(slug)
      const state = this.progress.isDone(slug)
        ? 'done'
        : checks === undefined
          ? 'not checked yet'
          : `${passed} of ${countOf(checks, 'check')}`
      return `${slug === this.current ? '→' : ' '} ${slug}: ${state}`
    })
    this.show(`${lines.join('\n')}\n`)
  }

  private fileOf(slug: string): string {
    return this.lab.entries.get(slug)?.file ?? 'cachelab.json'
  }
}
