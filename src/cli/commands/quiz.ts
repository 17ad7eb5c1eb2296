import { createInterface } from 'node:readline'
import { Argument, type Command, Option } from 'commander'
import { type Drawn, drawQuiz, quizTopicNames } from '../../quiz/index.js'
import { isRight, lettered } from '../../quiz/question.js'
import { inOrder, quizReport } from '../../quiz/report.js'
import type { FormatName } from '../../report/index.js'
import { wrap } from '../../report/wrap.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { outputPaint, outputWidth, write } from '../output/terminal.js'
import { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'

interface Flags {
  seed: number
  questions: number
  list?: true
  format: FormatName
}

const MAX_QUESTIONS = 1000

export const examples = [
  ['cachelab quiz --list', 'which questions there are'],
  ['cachelab quiz ring', 'ten questions on hash rings, or as many as there are'],
  ['cachelab quiz --questions 3 --seed 7 --format json', 'three drawn questions, with answers, for a script'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .addArgument(
      new Argument('[topic]', 'which part of the lesson')
        .choices(quizTopicNames)
        .argParser(choice('topic', quizTopicNames)),
    )
    .description('Asks questions on the lesson; each answer comes with a command that shows it.')
    .addOption(
      new Option('--seed <number>', 'draws the questions and their numbers')
        .default(1)
        .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(
      new Option('--questions <count>', 'how many')
        .default(10)
        .argParser(wholeNumber('--questions', 1, MAX_QUESTIONS)),
    )
    .addOption(new Option('--list', 'only show which there are'))
    .action(run)
}

async function run(topic: string | undefined, flags: Flags): Promise<void> {
  const drawn = drawQuiz(topic, flags.seed)
  const asked = drawn.slice(0, flags.questions)
  if (flags.list) return show(flags.format, 'quiz', () => quizReport(inOrder(drawn), flags.seed, false))
  if (flags.format !== 'table') return show(flags.format, 'quiz', () => quizReport(asked, flags.seed, true))
  await askAll(asked)
}

/** Asks on the terminal, or reads an answer a line from a pipe; what isn't answered doesn't count as right. */
async function askAll(questions: readonly Drawn[]): Promise<void> {
  const paint = await outputPaint()
  const width = outputWidth()
  const say = (text: string) => write(`${wrap(text, width).join('\n')}\n`)
  const answers = surface().stdin.isTTY ? new Keyboard() : await pipedAnswers()
  let right = 0
  let asked = 0
  for (const [i, question] of questions.entries()) {
    write(`${paint.accent(`${i + 1}/${questions.length}`)} ${paint.dim(question.topic)}\n`)
    say(question.text)
    for (const line of lettered(question.choices ?? [])) say(`  ${line}`)
    const given = await answers.line('> ')
    if (given === undefined) break
    asked++
    const isGood = isRight(given, question)
    if (isGood) right++
    const said = given.trim() === '' ? '' : 'Wrong. '
    say(isGood ? paint.good(`Right: ${question.answer}.`) : paint.bad(`${said}Answer: ${question.answer}.`))
    say(question.explanation)
    write(`${paint.dim(`$ ${question.command}`)}\n\n`)
  }
  answers.close()
  const left = questions.length - asked
  say(paint.bold(`${right} of ${asked} right${left > 0 ? `, and ${left} not answered` : ''}.`))
}

/** Lines from a pipe in the place of a keyboard. */
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
