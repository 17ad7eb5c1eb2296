import type { Paint } from '../../report/paint.js'
import { type Topic, topics, walkthroughs } from '../../walk/index.js'
import { savedStep, saveStep } from '../../walk/progress.js'
import { renderProse } from '../../walk/render.js'
import { judgeGuess, parseWalkthrough, type Step, type Walkthrough } from '../../walk/walkthrough.js'
import { choice } from '../options/arguments.js'
import { type Context, command, type FlagsOf, flag, option } from '../options/declare.js'
import { program, typed } from '../options/lab.js'
import { outputPaint, outputWidth, write } from '../output/terminal.js'
import { CONTROL_D, Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'

const options = {
  restart: flag('start at the first step'),
}

type Flags = FlagsOf<typeof options>

/** How a walkthrough is shown, and what runs its commands. */
interface Stage extends Pick<Context, 'createProgram'> {
  readonly paint: Paint
}

export const { configure, examples } = command({
  description: 'Walks through a part of the lesson, with predictions and with commands that run as you read.',
  operand: option('[topic]', 'which part of the lesson', choice(topics)),
  options,
  examples: [
    ['cachelab walk ring', 'why a ring: keys that stay where they are'],
    ['cachelab walk replication', 'a node dies: what is lost, and what is guaranteed'],
    ['cachelab walk', 'which walkthroughs there are'],
  ],
  async run(flags, topic, { createProgram }) {
    const paint = await outputPaint()
    if (topic === undefined) return write(list(paint))
    const stage = { paint, createProgram }
    const walk = parseWalkthrough(walkthroughs[topic])
    if (surface().stdin.isTTY && surface().columns !== undefined) await walkThrough(topic, walk, flags, stage)
    else for (const step of walk.steps.keys()) await show(walk, step, stage)
  },
})

function list(paint: Paint): string {
  const lines = topics.map((topic) => {
    const { title, about } = parseWalkthrough(walkthroughs[topic])
    return `${paint.bold(`${program()} walk ${topic}`)}\n${renderProse(`${title}. ${about}`, outputWidth(), paint)}\n`
  })
  return lines.join('\n')
}

/** Shows the steps as keys are pressed, and saves the current one. */
async function walkThrough(topic: Topic, walk: Walkthrough, flags: Flags, stage: Stage): Promise<void> {
  const { paint } = stage
  const { length } = walk.steps
  const keyboard = new Keyboard()
  let at = flags.restart ? 0 : savedStep(topic, length)
  if (at > 0) write(`${paint.dim(`Continuing at step ${at + 1}; --restart starts over.`)}\n\n`)
  while (at < length) {
    saveStep(topic, at)
    if (!(await show(walk, at, stage, keyboard))) break
    write(paint.dim(`\nEnter: ${at === length - 1 ? 'end' : 'go on'} · b: back · q: quit `))
    const to = await nextStep(keyboard, at)
    write('\n\n')
    if (to === undefined) break
    at = to
  }
  if (at === length) saveStep(topic, 0)
  keyboard.close()
}

/** Waits for a key with a meaning; the step to go to, undefined to quit. */
async function nextStep(keyboard: Keyboard, at: number): Promise<number | undefined> {
  for (;;) {
    const key = await keyboard.key()
    if (key === '\r' || key === '\n' || key === ' ') return at + 1
    if (key === 'b') return Math.max(0, at - 1)
    if (key === 'q' || key === CONTROL_D) return undefined
  }
}

/** Shows one step. With a keyboard, asks for a guess before the command that answers; false to quit. */
async function show(
  { title, about, steps }: Walkthrough,
  at: number,
  { paint, createProgram }: Stage,
  keyboard?: Keyboard,
): Promise<boolean> {
  const width = outputWidth()
  if (at === 0) write(`${paint.bold(title)}\n${renderProse(about, width, paint)}\n\n`)
  const step: Step = steps[at]
  write(`${paint.accent(`${at + 1}/${steps.length}`)} ${paint.bold(step.title)}\n`)
  let pending: { readonly answer: string; readonly guess: string } | undefined
  for (const block of step.blocks) {
    write('\n')
    if (block.kind === 'prose') {
      write(`${renderProse(typed(block.text), width, paint)}\n`)
    } else if (block.kind === 'predict') {
      write(`${renderProse(`Guess: ${block.question}`, width, paint)}\n`)
      const guess = keyboard ? await keyboard.line('> ') : ''
      if (guess === undefined) return false
      pending = { answer: block.answer, guess }
    } else {
      write(`${paint.dim(`$ ${typed(block.line)}`)}\n`)
      // In this process, which is faster than starting another.
      await (await createProgram(block.words, '')).parseAsync([...block.words], { from: 'user' })
      if (pending) write(`\n${paint.good(judgeGuess(pending.guess, pending.answer))}\n`)
      pending = undefined
    }
  }
  if (!keyboard) write('\n')
  return true
}
