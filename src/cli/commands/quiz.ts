import { createInterface } from 'node:readline'
import { explained } from '../../find/terms.js'
import { InputError } from '../../input-error.js'
import { judge, lettered } from '../../questions/judge.js'
import { type Drawn, drawQuiz, quizTopicNames } from '../../quiz/index.js'
import { QuizMemory } from '../../quiz/memory.js'
import { giftPaper, htmlPaper, markdownPaper } from '../../quiz/paper.js'
import { inOrder, quizReport } from '../../quiz/report.js'
import { type FormatName, formatNames } from '../../report/index.js'
import { printable } from '../../report/text.js'
import { wrap } from '../../report/wrap.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { typed } from '../options/lab.js'
import { show } from '../output/show.js'
import { commandLine, outputPaint, outputWidth, write, writeData } from '../output/terminal.js'
import { Keyboard } from '../shells/keyboard.js'
import { surface } from '../surface.js'

const MAX_QUESTIONS = 1000
const MAX_SEED = 2 ** 32 - 1

/** Papers for a class, with their solutions. */
const papers = { markdown: markdownPaper, html: htmlPaper, gift: giftPaper }
const isReport = (format: string): format is FormatName => (formatNames as readonly string[]).includes(format)
const isPaper = (format: string): format is keyof typeof papers => Object.hasOwn(papers, format)

export const { configure, examples, accepts } = command({
  description:
    'Asks questions on the lesson; what was wrong comes again. Each answer comes with a command that shows it.',
  operand: option('[topic]', 'which part of the lesson', choice(quizTopicNames)),
  options: {
    questions: option('<count>', 'how many questions', wholeNumber(1, MAX_QUESTIONS), 10),
    seed: option(
      '<number>',
      'seed of the questions and their numbers; the same seed asks the same (default: a new one)',
      wholeNumber(0, MAX_SEED),
    ),
    list: flag('list the questions without asking them'),
    format: option(
      '<name>',
      'table asks; markdown, html and gift (for Moodle) are papers with solutions',
      choice([...new Set([...formatNames, ...Object.keys(papers)])]),
      'table',
    ),
  },
  examples: [
    ['cachelab quiz ring', 'up to ten questions on hash rings'],
    ['cachelab quiz --list --seed 1', 'which questions there are'],
    ['cachelab quiz --questions 3 --seed 7 --format json', 'three questions with answers, for a script'],
  ],
  async run(flags, topic) {
    // Only the person who answers has a use for other numbers each time.
    const seed = flags.seed ?? (flags.format === 'table' && !flags.list ? Date.now() % MAX_SEED : 1)
    const drawn = drawQuiz(topic, seed)
    const { format, questions } = flags
    if (flags.list) {
      if (!isReport(format))
        throw new InputError(`--list has no --format ${format}: it has ${formatNames.join(', ')}`)
      return show(format, 'quiz', () => quizReport(inOrder(drawn), seed, false))
    }
    if (isPaper(format)) {
      const title = topic === undefined ? 'Distributed caching' : `Distributed caching: ${topic}`
      return writeData(papers[format]({ title, questions: drawn.slice(0, questions) }))
    }
    if (format !== 'table')
      return show(format as FormatName, 'quiz', () => quizReport(drawn.slice(0, questions), seed, true))
    // With a seed the questions are given; and what comes through a pipe is nobody's own answer.
    const memory = flags.seed === undefined && surface().stdin.isTTY ? new QuizMemory() : undefined
    await askAll((memory?.inOrder(drawn) ?? drawn).slice(0, questions), memory)
    if (memory) write(`${memory.known(drawn)} of all ${drawn.length} were right when they were asked last.\n`)
  },
})

/** Asks on the terminal, or reads an answer a line from a pipe. */
async function askAll(questions: readonly Drawn[], memory: QuizMemory | undefined): Promise<void> {
  const paint = await outputPaint()
  const width = outputWidth()
  const say = (text: string) => write(`${wrap(text, width).join('\n')}\n`)
  const answers = surface().stdin.isTTY ? new Keyboard() : await pipedAnswers()
  let right = 0
  let asked = 0
  if (surface().stdin.isTTY) say(paint.dim('A letter, a number or a word; ? WORD explains a word; q ends.'))
  for (const [i, question] of questions.entries()) {
    write(`${paint.accent(`${i + 1}/${questions.length}`)} ${paint.dim(question.topic)}\n`)
    say(typed(question.text))
    for (const line of lettered(question.choices)) say(`  ${line}`)
    const given = await answerTo(question, answers, say)
    if (given === undefined) break
    asked++
    const { kind, mistake } = judge(given, question, question.choices)
    memory?.note(question, kind === 'right')
    if (kind === 'right') right++
    const said = kind === 'close' ? 'Close. ' : given.trim() === '' ? '' : 'Wrong. '
    say(
      kind === 'right'
        ? paint.good(`Right: ${question.answer}.`)
        : paint.bad(`${said}Answer: ${question.answer}.`),
    )
    if (mistake?.why !== undefined) say(mistake.why)
    say(question.explanation)
    write(`${paint.dim(commandLine(`$ ${typed(question.command)}`))}\n\n`)
  }
  answers.close()
  const left = questions.length - asked
  say(paint.bold(`${right} of ${asked} right${left > 0 ? `, and ${left} not answered` : ''}.`))
}

type Answers = Pick<Keyboard, 'line' | 'close'>

/** What is answered to a question in the end; undefined to stop. Words are explained, and what can't be read is asked again. */
async function answerTo(
  question: Drawn,
  answers: Answers,
  say: (text: string) => void,
): Promise<string | undefined> {
  for (;;) {
    const given = await answers.line('> ')
    if (given === undefined || given.trim() === 'q') return undefined
    if (given.startsWith('?')) say(explained(given.slice(1), [question.text, ...question.choices]))
    else if (
      given.trim() === '' ||
      !surface().stdin.isTTY ||
      judge(given, question, question.choices).kind !== 'unread'
    )
      return given
    else say(question.choices.length > 0 ? 'Type a letter, or an answer.' : 'Type a number.')
  }
}

/** Lines from a pipe, read as from a keyboard. */
async function pipedAnswers(): Promise<Answers> {
  const lines: string[] = []
  for await (const line of createInterface({ input: surface().stdin })) lines.push(line)
  return {
    line: async (prompt) => {
      const line = lines.shift() ?? ''
      write(`${prompt}${printable(line)}\n`)
      return line
    },
    close: () => {},
  }
}
