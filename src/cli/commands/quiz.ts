import { createInterface } from 'node:readline'
import { type Drawn, drawQuiz, quizTopicNames } from '../../quiz/index.js'
import { isRight, lettered } from '../../quiz/question.js'
import { inOrder, quizReport } from '../../quiz/report.js'
import { wrap } from '../../report/wrap.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { typed } from '../options/lab.js'
import { formatOption, seedOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { outputPaint, outputWidth, write } from '../output/terminal.js'
import { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'

const MAX_QUESTIONS = 1000

export const { configure, examples } = command({
  description: 'Asks questions on the lesson; each answer comes with a command that shows it.',
  operand: option('[topic]', 'which part of the lesson', choice(quizTopicNames)),
  options: {
    format: formatOption,
    seed: seedOption('seed of the questions and their numbers'),
    questions: option('<count>', 'how many questions', wholeNumber(1, MAX_QUESTIONS), 10),
    list: flag('list the questions without asking them'),
  },
  examples: [
    ['cachelab quiz --list', 'which questions there are'],
    ['cachelab quiz ring', 'up to ten questions on hash rings'],
    ['cachelab quiz --questions 3 --seed 7 --format json', 'three questions with answers, for a script'],
  ],
  async run(flags, topic) {
    const drawn = drawQuiz(topic, flags.seed)
    const asked = drawn.slice(0, flags.questions)
    if (flags.list) return show(flags.format, 'quiz', () => quizReport(inOrder(drawn), flags.seed, false))
    if (flags.format !== 'table') return show(flags.format, 'quiz', () => quizReport(asked, flags.seed, true))
    await askAll(asked)
  },
})

/** Asks on the terminal, or reads an answer a line from a pipe. */
async function askAll(questions: readonly Drawn[]): Promise<void> {
  const paint = await outputPaint()
  const width = outputWidth()
  const say = (text: string) => write(`${wrap(text, width).join('\n')}\n`)
  const answers = surface().stdin.isTTY ? new Keyboard() : await pipedAnswers()
  let right = 0
  let asked = 0
  for (const [i, question] of questions.entries()) {
    write(`${paint.accent(`${i + 1}/${questions.length}`)} ${paint.dim(question.topic)}\n`)
    say(typed(question.text))
    for (const line of lettered(question.choices ?? [])) say(`  ${line}`)
    const given = await answers.line('> ')
    if (given === undefined) break
    asked++
    const isGood = isRight(given, question)
    if (isGood) right++
    const said = given.trim() === '' ? '' : 'Wrong. '
    say(isGood ? paint.good(`Right: ${question.answer}.`) : paint.bad(`${said}Answer: ${question.answer}.`))
    say(question.explanation)
    write(`${paint.dim(`$ ${typed(question.command)}`)}\n\n`)
  }
  answers.close()
  const left = questions.length - asked
  say(paint.bold(`${right} of ${asked} right${left > 0 ? `, and ${left} not answered` : ''}.`))
}

/** Lines from a pipe, read as from a keyboard. */
async function pipedAnswers(): Promise<Pick<Keyboard, 'line' | 'close'>> {
  const lines: string[] = []
  for await (const line of createInterface({ input: surface().stdin })) lines.push(line)
  return {
    line: async (prompt) => {
      const line = lines.shift() ?? ''
      write(`${prompt}${line}\n`)
      return line
    },
    close: () => {},
  }
}
