import { explained } from '../../find/terms.js'
import { judge } from '../../questions/judge.js'
import type { Act, Ask, Walkthrough } from '../../walk/walkthrough.js'
import { canClear, clearScreen, write } from '../output/terminal.js'
import type { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'
import { askedAgain, feedback, notYet } from './feedback.js'
import { perform } from './perform.js'
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

/** Plays a step on the terminal, one screen after another. */
export class Player {
  private drawn: Screen | undefined

  constructor(
    private readonly keyboard: Keyboard,
    private readonly style: Style,
    /** Is told what was answered. */
    private readonly answered: (task: Ask, isRight: boolean) => void = () => {},
  ) {}

  async play({ title, steps }: Walkthrough, at: number): Promise<Way> {
    const { paint } = this.style
    const step = steps[at]
    const head = [`${paint.dim(`${title} · ${at + 1} of ${steps.length}`)}`, paint.bold(step.title), '']
    const scenes = scenesOf(step)
    let said: string[] = []
    for (const scene of scenes) {
      const isLast = scene === scenes.at(-1)
      if (isLast && isEmpty(scene) && said.length === 0) break
      const shown = await this.shown(scene, [...head, ...said])
      const { task } = scene
      const answer = await (task === undefined
        ? this.read(shown, at === steps.length - 1 ? 'end' : 'go on')
        : task.kind === 'act'
          ? this.act(task, shown)
          : this.ask(task, shown))
      if (isWay(answer)) return answer
      const lines = [paragraphs([answer], this.style), shownBy(task, this.style)]
      said = answer === '' ? [] : lines.flatMap((some) => (some.length > 0 ? [...some, ''] : []))
    }
    return 'on'
  }

  /** A scene as a screen, with what its command prints. */
  private async shown({ before, run, after, task }: Scene, head: readonly string[]): Promise<Screen> {
    const above = paragraphs(before, this.style)
    const top = [...head, ...above, ...(run && above.length > 0 ? [''] : [])]
    const below = [
      ...paragraphs(after, this.style),
      ...(task && after.length > 0 ? [''] : []),
      ...(task ? taskLines(task, this.style) : []),
    ]
    if (!run)
      return {
        top: withoutEnd([...top, ...(above.length > 0 && below.length > 0 ? [''] : []), ...below]),
        pane: [],
        bottom: [],
      }
    const asked = [...top, ...commandLines(run, this.style)]
    this.draw({ top: asked, pane: [], bottom: [this.style.paint.dim('running …')] })
    const { output } = await perform(run)
    return { top: asked, pane: output.trimEnd().split('\n'), bottom: below.length > 0 ? ['', ...below] : [] }
  }

  /** Waits for a key that goes somewhere; the arrows scroll. */
  private async read(shown: Screen, on: string): Promise<Way> {
    const screen = {
      ...shown,
      bottom: [...shown.bottom, '', this.style.paint.dim(`Enter ${on} · b back · q quit`)],
    }
    let from = 0
    for (;;) {
      this.draw(screen, from)
      const key = await this.keyboard.key()
      if (Object.hasOwn(KEYS, key)) return KEYS[key]
      const room = roomOf(screen, this.style.width, surface().rows) - 1
      const to = from + ({ up: -1, k: -1, down: 1, j: 1, pageup: -room, pagedown: room }[key] ?? 0)
      from = Math.max(0, Math.min(to, screen.pane.length - room))
    }
  }

  /** Asks until there is an answer; what is said of it. */
  private async ask(task: Ask, shown: Screen): Promise<Way | string> {
    const choices = choicesOf(task)
    let hint = this.hints('Enter alone shows the answer')
    for (;;) {
      this.draw({ ...shown, bottom: [...shown.bottom, '', ...hint] })
      const line = await this.line(choices.length > 0 ? /^back$/ : /^b(ack)?$/)
      if (isWay(line)) return line
      const said = line.startsWith('?') ? undefined : feedback(line, task, choices)
      if (said !== undefined) {
        this.answered(task, judge(line, task, choices).kind === 'right')
        return said
      }
      const isWord = line.startsWith('?')
      const help = isWord ? explained(line.slice(1), [task.text, ...choices]) : askedAgain(task, choices)
      hint = paragraphs([help], this.style)
    }
  }

  /** Runs commands until one does what is asked for; what is said of it. */
  private async act(task: Act, shown: Screen): Promise<Way | string> {
    const goal = taskLines(task, this.style)
    let screen: Screen = {
      ...shown,
      bottom: ['', ...this.hints('a command of cachelab · Enter: a solution')],
    }
    for (;;) {
      this.draw(screen)
      const line = await this.line()
      if (isWay(line)) return line
      const run = line.trim() === '' ? task.solution : { line, parts: task.solution.parts }
      const top = [...shown.top.slice(0, 3), ...goal, '', ...commandLines(run, this.style)]
      this.draw({ top, pane: [], bottom: [this.style.paint.dim('running …')] })
      const outcome = await perform(run, true)
      const pane = outcome.output.trimEnd().split('\n')
      if (task.isDone(outcome)) {
        const said = paragraphs([`✓ **Done.** ${task.explanation ?? ''}`], this.style)
        const way = await this.read({ top, pane, bottom: ['', ...said] }, 'go on')
        return way === 'on' ? '' : way
      }
      screen = { top, pane, bottom: ['', ...paragraphs([notYet(line, task)], this.style)] }
      if (pane.length > roomOf(screen, this.style.width, surface().rows)) {
        const way = await this.read(screen, 'try again')
        if (way !== 'on') return way
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

  /** Draws the screen again, as after fg. */
  redraw(): void {
    if (this.drawn) this.draw(this.drawn)
  }

  private draw(screen: Screen, from = 0): void {
    this.drawn = screen
    const rows = surface().rows
    // The last row is that of the prompt.
    const lines = fitted(screen, rows && canClear() ? rows - 1 : undefined, from, this.style)
    clearScreen()
    write(`${lines.join('\n')}\n`)
  }
}

/** Lines without the empty ones at their end. */
const withoutEnd = (lines: readonly string[]): string[] =>
  lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)

const isEmpty = ({ before, run, after }: Scene) => before.length === 0 && !run && after.length === 0
const isWay = (text: string): text is Way => text === 'on' || text === 'back' || text === 'quit'
