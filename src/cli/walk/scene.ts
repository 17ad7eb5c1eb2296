import { lettered } from '../../questions/judge.js'
import { createRandom, shuffle } from '../../random/random.js'
import type { Paint } from '../../report/paint.js'
import { displayWidth } from '../../report/width.js'
import { type Topic, topics } from '../../walk/index.js'
import { renderProse } from '../../walk/render.js'
import type { Act, Ask, Block, Run, Step, Walkthrough } from '../../walk/walkthrough.js'
import { typed } from '../options/lab.js'
import { commandLine } from '../output/terminal.js'

/** What is on the screen at once: paragraphs, a run, and what is to be answered or done. */
export interface Scene {
  readonly before: readonly string[]
  readonly run?: Run
  readonly after: readonly string[]
  readonly task?: Ask | Act
}

/** The scenes of a step, one after another: each ends with a task, but the last. */
export function scenesOf({ blocks }: Step): Scene[] {
  const scenes: Scene[] = []
  let open: Block[] = []
  const close = (task?: Ask | Act): void => {
    const at = open.findIndex(({ kind }) => kind === 'run')
    const run = open[at]
    const prose = (some: readonly Block[]) =>
      some.flatMap((block) => (block.kind === 'prose' ? [block.text] : []))
    scenes.push({
      before: prose(at < 0 ? open : open.slice(0, at)),
      ...(run?.kind === 'run' && { run }),
      after: prose(at < 0 ? [] : open.slice(at)),
      ...(task && { task }),
    })
    open = []
  }
  for (const block of blocks) {
    if (block.kind === 'prose' || block.kind === 'run') open.push(block)
    else close(block)
  }
  close()
  return scenes
}

/** How things are written on a screen. */
export interface Style {
  readonly width: number
  readonly paint: Paint
}

/** Paragraphs as lines, with an empty line between them. */
export function paragraphs(texts: readonly string[], { width, paint }: Style): string[] {
  return texts.flatMap((text, i) => [
    ...(i > 0 ? [''] : []),
    ...renderProse(typed(text), width, paint).split('\n'),
  ])
}

/** The choices of a question in the order in which they are shown, which is always the same; none if it isn't asked so. */
export function choicesOf({ text, answer, near, mistakes, choices }: Ask): readonly string[] {
  if (choices) return choices
  if (near !== undefined || mistakes.length === 0) return []
  return shuffle([answer, ...mistakes.map((mistake) => mistake.answer)], createRandom(1, `walk/${text}`))
}

/** A question with its choices, or a goal. */
export function taskLines(task: Ask | Act, style: Style): string[] {
  const choices = lettered(task.kind === 'act' ? [] : choicesOf(task)).flatMap((choice) =>
    paragraphs([choice], style),
  )
  return [...paragraphs([taskText(task)], style), ...choices]
}

/** A question or a goal as a paragraph. */
export const taskText = (task: Ask | Act): string =>
  task.kind === 'act' ? `${MARKS.act}${task.goal}` : `${MARKS[task.kind]}${task.text}`

/** What goes with a walkthrough, and the next one. */
export function onward({ exercise }: Walkthrough, topic: Topic): string[] {
  const next = topics[topics.indexOf(topic) + 1]
  return [
    `More questions: \`cachelab quiz ${topic}\``,
    ...(exercise ? [`Exercise: \`cachelab watch ${exercise}\`, in a lab of \`cachelab init\``] : []),
    ...(next ? [`Next: \`cachelab walk ${next}\``] : []),
  ]
}

const MARKS = { act: '**Your turn.** ', predict: '**Predict.** ', explain: '**Explain.** ', question: '' }

/** A command as one would type it. */
export const commandLines = ({ line }: Pick<Run, 'line'>, { paint }: Style): string[] =>
  commandLine(`$ ${typed(line)}`)
    .split('\n')
    .map(paint.dim)

/** The command that shows the answer of a question, where it isn't run; no lines if there is none. */
export const shownBy = (task: Ask | Act | undefined, style: Style): string[] =>
  task?.kind === 'question' && task.command ? commandLines({ line: task.command }, style) : []

/** What a screen shows, from top to bottom. */
export interface Screen {
  readonly top: readonly string[]
  /** What a command printed: as much of it as there is room for. */
  readonly pane: readonly string[]
  readonly bottom: readonly string[]
}

/** Below that a pane can't be read: the screen is written whole, and scrolls. */
const LEAST_PANE = 3

/**
 * A screen as lines, of which there are `rows` at most: the pane shows what follows its line `from`. Without rows it is
 * written whole.
 */
export function fitted(
  { top, pane, bottom }: Screen,
  rows: number | undefined,
  from: number,
  { width, paint: { dim } }: Style,
): string[] {
  const room = roomOf({ top, pane, bottom }, width, rows)
  if (pane.length <= room) return [...top, ...pane, ...bottom]
  const height = room - 1
  const first = Math.min(from, pane.length - height)
  const where = dim(`lines ${first + 1} to ${first + height} of ${pane.length}: ↑ ↓`)
  return [...top, ...pane.slice(first, first + height), where, ...bottom]
}

/** How many lines of its pane a screen has room for. A line that is wider than the screen takes several rows. */
export function roomOf(
  { top, pane, bottom }: Screen,
  width: number,
  rows = Number.POSITIVE_INFINITY,
): number {
  const room = rows - heightOf(top, width) - heightOf(bottom, width)
  return room < Math.min(LEAST_PANE, pane.length) ? Number.POSITIVE_INFINITY : room
}

/** How many rows some lines take: the terminal breaks those that are wider than the screen. */
export const heightOf = (lines: readonly string[], width: number): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / width)), 0)
