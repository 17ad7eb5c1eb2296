import { InputError } from '../../input-error.js'
import { drawQuiz } from '../../quiz/index.js'
import { QuizMemory } from '../../quiz/memory.js'
import { wrap } from '../../report/wrap.js'
import { withEnding } from '../../walk/ending.js'
import { type Topic, topics, walkthroughs } from '../../walk/index.js'
import { savedWalk, saveWalk } from '../../walk/progress.js'
import { parseWalkthrough, type Walkthrough } from '../../walk/walkthrough.js'
import { choice } from '../options/arguments.js'
import { command, type FlagsOf, flag, option } from '../options/declare.js'
import { outputPaint, outputWidth, write, writeData } from '../output/terminal.js'
import { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'
import { overview } from '../walk/overview.js'
import { Player } from '../walk/play.js'
import { printed } from '../walk/printed.js'
import { onward, paragraphs, type Style } from '../walk/scene.js'

const MAX_SEED = 2 ** 32 - 1

const options = {
  restart: flag('start at the first step'),
  format: option(
    '<name>',
    'table is for a terminal; html is a page with all runs, answers folded',
    choice(['table', 'html']),
    'table',
  ),
}

export const { configure, examples } = command({
  description:
    'Walks through a part of the lesson: you predict, run, change and explain, and the answer meets your mistake.',
  operand: option('[topic]', 'which part of the lesson', choice(topics)),
  options,
  examples: [
    ['cachelab walk', 'the walkthroughs in their order, and which are done'],
    ['cachelab walk ring', 'why a ring: keys that stay where they are'],
    ['cachelab walk ring --format html', 'the same as a page to read, hand on or print'],
  ],
  async run(flags, topic) {
    const paint = await outputPaint()
    const style: Style = {
      // A window may get another width while somebody reads.
      get width() {
        return outputWidth()
      },
      paint,
    }
    const isPage = flags.format === 'html'
    if (isPage && flags.restart) throw new InputError('--restart is for a terminal; a page has all steps')
    if (isPage && topic === undefined)
      throw new InputError(`a page needs a topic, one of ${topics.join(', ')}`)
    if (topic === undefined) return write(overview(style))
    const walk = parseWalkthrough(walkthroughs[topic])
    if (isPage) return writeData(await (await import('../walk/page.js')).walkPage(topic, walk))
    if (surface().stdin.isTTY && surface().columns !== undefined) await walkThrough(topic, walk, flags, style)
    else await printAll(withEnding(walk, drawQuiz(topic, 1)), style)
  },
})

/** Goes through the steps as keys are pressed, and saves the current one. */
async function walkThrough(topic: Topic, walk: Walkthrough, flags: FlagsOf<typeof options>, style: Style) {
  const memory = new QuizMemory()
  const questions = memory.inOrder(drawQuiz(topic, Date.now() % MAX_SEED))
  const whole = withEnding(walk, questions)
  const { length } = whole.steps
  const { step, isDone } = savedWalk(topic, length)
  const keyboard = new Keyboard()
  const answers = new Map<string, boolean>()
  const player = new Player(keyboard, style, ({ kind, text }, isRight) => {
    const question = kind === 'question' && questions.find((one) => one.text === text)
    if (!question) return
    answers.set(question.id, isRight)
    memory.note(question, isRight)
  })
  const redraw = () => player.redraw()
  process.on('SIGCONT', redraw)
  process.stdout.on('resize', redraw)
  let at = flags.restart ? 0 : step
  while (at < length) {
    saveWalk(topic, { step: at, isDone })
    const way = await player.play(whole, at)
    if (way === 'quit') break
    at = Math.max(0, at + (way === 'on' ? 1 : -1))
  }
  if (at === length) {
    saveWalk(topic, { step: 0, isDone: true })
    write(`\n${closing(walk, topic, [...answers.values()], style)}`)
  } else write(`\n${paragraphs([`\`cachelab walk ${topic}\` goes on here.`], style).join('\n')}\n`)
  process.off('SIGCONT', redraw)
  process.stdout.off('resize', redraw)
  keyboard.close()
}

/** How many of the last questions were right, and what goes with a walkthrough. */
function closing(walk: Walkthrough, topic: Topic, answers: readonly boolean[], style: Style): string {
  const [questions, ...others] = onward(walk, topic)
  const lines = [`${answers.filter(Boolean).length} of ${answers.length} right. ${questions}`, ...others]
  return `${lines.flatMap((line) => paragraphs([line], style)).join('\n')}\n`
}

async function printAll(walk: Walkthrough, style: Style): Promise<void> {
  const { title, about, steps } = walk
  const { width, paint } = style
  const heading = (text: string) => `${wrap(text, width).join('\n')}\n`
  write(`${heading(paint.bold(title))}${paragraphs([about], style).join('\n')}\n`)
  for (const [i, step] of steps.entries()) {
    write(`\n${heading(`${paint.accent(`${i + 1}/${steps.length}`)} ${paint.bold(step.title)}`)}`)
    write(await printed(step, style))
  }
}
