import { explained } from '../../find/terms.js'
import { judge } from '../../questions/judge.js'
import type { Act, Ask, Run, Walkthrough } from '../../walk/walkthrough.js'
import { canClear, clearScreen, write } from '../output/terminal.js'
import type { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'
import { askedAgain, feedback, notYet } from './feedback.js'
import { type Performed, perform } from './perform.js'
import {
  choicesOf,
  commandLines,
  fitted,
  paragraphs,
  roomOf,
  type Scene,
  type Screen,
  type Style,
  scenesOf,
  shownBy,
  taskLines,
} from './scene.js'

/** Where to go from a step. */
export type Way = 'on' | 'back' | 'quit'

const KEYS: Readonly<Record<string, Way>> = {
  return: 'on',
  space: 'on',
  right: 'on',
  b: 'back',
  left: 'back',
  q: 'quit',
  'end of input': 'quit',
}

/** Lines for the width that the screen has when they are asked for. */
type Lines = () => readonly string[]

/** Where one is, the title of the step, and an empty line. */
const HEAD = 3

/** Plays a step on the terminal, one screen after another. */
export class Player {
  /** Draws what is on the screen, in the size that the screen has then. */
  private drawn: () => void = () => {}

  constructor(
    private readonly keyboard: Keyboard,
    private readonly style: Style,
    /** Is told what was answered. */
    private readonly answered: (task: Ask, isRight: boolean) => void = () => {},
  ) {}

  async play({ title, steps }: Walkthrough, at: number): Promise<Way> {
    const { paint } = this.style
    const step = steps[at]
    const head = [paint.dim(`${title} · ${at + 1} of ${steps.length}`), paint.bold(step.title), '']
    const scenes = scenesOf(step)
    let said: Lines | undefined
    for (const scene of scenes) {
      const isLast = scene === scenes.at(-1)
      if (isLast && isEmpty(scene) && !said) break
      const before = said
      const shown = await this.shown(scene, () => [...head, ...(before?.() ?? [])])
      const { task } = scene
      const answer = await (task === undefined
        ? this.read(shown, at === steps.length - 1 ? 'end' : 'go on')
        : task.kind === 'act'
          ? this.act(task, shown)
          : this.ask(task, shown))
      if (isWay(answer)) return answer
      const lines = () => [paragraphs([answer], this.style), shownBy(task, this.style)]
      said =
        answer === '' ? undefined : () => lines().flatMap((some) => (some.length > 0 ? [...some, ''] : []))
    }
    return 'on'
  }

  /** A scene as a screen, with what its command prints. */
  private async shown({ before, run, after, task }: Scene, head: Lines): Promise<() => Screen> {
    const above = () => paragraphs(before, this.style)
    const top = () => [...head(), ...above(), ...(run && before.length > 0 ? [''] : [])]
    const below = () => [
      ...paragraphs(after, this.style),
      ...(task && after.length > 0 ? [''] : []),
      ...(task ? taskLines(task, this.style) : []),
    ]
    if (!run)
      return () => {
        const gap = before.length > 0 && below().length > 0 ? [''] : []
        return { top: withoutEnd([...top(), ...gap, ...below()]), pane: [], bottom: [] }
      }
    const asked = () => [...top(), ...commandLines(run, this.style)]
    const pane = paneOf(await this.performed(run, asked), this.style)
    return () => ({ top: asked(), pane: pane(), bottom: below().length > 0 ? ['', ...below()] : [] })
  }

  /** Performs a command; until it is done, the screen says that it runs. */
  private performed(run: Run, top: Lines, isTyped = false): Promise<Performed> {
    this.draw(() => ({ top: top(), pane: [], bottom: [this.style.paint.dim('running …')] }))
    return perform(run, isTyped)
  }

  /** Waits for a key that goes somewhere; the arrows scroll. */
  private async read(shown: () => Screen, on: string): Promise<Way> {
    const keys = ['', this.style.paint.dim(`Enter ${on} · b back · q quit`)]
    const screen = () => withBottom(shown(), keys)
    let from = 0
    for (;;) {
      this.draw(screen, from)
      const key = await this.keyboard.key()
      if (Object.hasOwn(KEYS, key)) return KEYS[key]
      const now = screen()
      const room = roomOf(now, this.style.width, surface().rows) - 1
      const to = from + ({ up: -1, k: -1, down: 1, j: 1, pageup: -room, pagedown: room }[key] ?? 0)
      from = Math.max(0, Math.min(to, now.pane.length - room))
    }
  }

  /** Asks until there is an answer; what is said of it. */
  private async ask(task: Ask, shown: () => Screen): Promise<Way | string> {
    const choices = choicesOf(task)
    let hint: Lines = () => this.hints('Enter alone shows the answer')
    for (;;) {
      const below = hint
      this.draw(() => withBottom(shown(), ['', ...below()]))
      const line = await this.line(choices.length > 0 ? /^back$/ : /^b(ack)?$/)
      if (isWay(line)) return line
      const said = line.startsWith('?') ? undefined : feedback(line, task, choices)
      if (said !== undefined) {
        this.answered(task, judge(line, task, choices).kind === 'right')
        return said
      }
      const isWord = line.startsWith('?')
      const help = isWord ? explained(line.slice(1), [task.text, ...choices]) : askedAgain(task, choices)
      hint = () => paragraphs([help], this.style)
    }
  }

  /** Runs commands until one does what is asked for; what is said of it. */
  private async act(task: Act, shown: () => Screen): Promise<Way | string> {
    const { style } = this
    let screen = (): Screen => ({
      ...shown(),
      bottom: ['', ...this.hints('a command of cachelab · Enter: a solution')],
    })
    for (;;) {
      this.draw(screen)
      const line = await this.line()
      if (isWay(line)) return line
      const run = line.trim() === '' ? task.solution : { line, parts: task.solution.parts }
      const top = () => [
        ...shown().top.slice(0, HEAD),
        ...taskLines(task, style),
        '',
        ...commandLines(run, style),
      ]
      const outcome = await this.performed(run, top, true)
      const isDone = task.isDone(outcome)
      const said = isDone ? `✓ **Done.** ${task.explanation ?? ''}` : notYet(line, task)
      const pane = paneOf(outcome, style)
      screen = () => ({ top: top(), pane: pane(), bottom: ['', ...paragraphs([said], style)] })
      if (isDone || pane().length > roomOf(screen(), style.width, surface().rows)) {
        const way = await this.read(screen, isDone ? 'go on' : 'try again')
        if (way !== 'on' || isDone) return way === 'on' ? '' : way
      }
    }
  }

  private hints(text: string): string[] {
    return [this.style.paint.dim(`${text} · back · q quit`)]
  }

  /** A line, or where it leads: `b` alone goes back where it is no choice. */
  private async line(back = /^b(ack)?$/): Promise<Way | string> {
    const line = await this.keyboard.line('> ')
    if (line === undefined || /^q(uit)?$/.test(line.trim())) return 'quit'
    return back.test(line.trim()) ? 'back' : line
  }

  /** Draws the screen again, as after fg or in a window of another size. */
  redraw(): void {
    this.drawn()
    this.keyboard.redraw()
  }

  private draw(screen: () => Screen, from = 0): void {
    this.drawn = () => {
      const rows = surface().rows
      // The last row is that of the prompt.
      const lines = fitted(screen(), rows && canClear() ? rows - 1 : undefined, from, this.style)
      clearScreen()
      write(`${lines.join('\n')}\n`)
    }
    this.drawn()
  }
}

/** What a command printed as lines, which are made again only when the width of the screen has changed. */
function paneOf({ drawn }: Performed, style: Style): Lines {
  let [width, lines] = [0, ['']]
  return () => {
    if (width !== style.width) [width, lines] = [style.width, drawn().trimEnd().split('\n')]
    return lines
  }
}

const withBottom = (screen: Screen, more: readonly string[]): Screen => ({
  ...screen,
  bottom: [...screen.bottom, ...more],
})

/** Lines without the empty ones at their end. */
const withoutEnd = (lines: readonly string[]): string[] =>
  lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)

const isEmpty = ({ before, run, after }: Scene) => before.length === 0 && !run && after.length === 0
const isWay = (text: string): text is Way => text === 'on' || text === 'back' || text === 'quit'
