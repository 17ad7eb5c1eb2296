import { type Random, shuffle } from '../random/random.js'
import { type Drawn, draws } from './draws.js'

/** A question as it is asked: with numbers and choices drawn. */
export interface Asked {
  readonly id: string
  readonly text: string
  /** The choices in the order shown; without them the answer is typed. */
  readonly choices?: readonly string[]
  /** The right answer, as shown among the choices, or as typed. */
  readonly answer: string
  /** The tolerance of a number. */
  readonly near?: number
  readonly explanation: string
  readonly command: string
}

/** A question as written, with `{name}` for drawn values. */
export interface Question {
  readonly id: string
  readonly text: string
  readonly answer: string
  readonly near?: number
  /** The other choices; empty if the answer is typed. */
  readonly others: readonly string[]
  readonly explanation: string
  readonly command: string
}

/**
 * The questions of a topic in Markdown: a `##` heading with the id, then the text, and after it lines that begin with
 * what they are: `=` the answer (`± 1`: how far off a number may be), `-` a wrong answer, `>` the explanation, `$` the
 * command. A line that begins otherwise goes on with the one before.
 */
export function parseQuestions(markdown: string): Question[] {
  return markdown
    .split('\n## ')
    .slice(1)
    .map((section) => {
      const [id, ...lines] = section.trim().split('\n')
      const fields = lines.join('\n').split(/\n(?=[=\->$] )/)
      const [text, ...marked] = fields.map((field) => field.replaceAll('\n', ' '))
      const all = (mark: string) =>
        marked.filter((field) => field.startsWith(`${mark} `)).map((field) => field.slice(2))
      const [answer, near] = all('=')[0].split(' ± ')
      return {
        id,
        text,
        answer,
        ...(near === undefined ? {} : { near: Number(near) }),
        others: all('-'),
        explanation: all('>')[0],
        command: all('$')[0],
      }
    })
}

/** A question with its values and choices drawn. */
export function ask(question: Question, random: Random): Asked {
  const drawn = draws[question.id]?.(random) ?? {}
  const { id, text, answer, others, explanation, command, ...rest } = filled(question, drawn)
  const choices = shuffle([...new Set([answer, ...others])], random)
  return { id, text, answer, explanation, command, ...(others.length > 0 ? { choices } : {}), ...rest }
}

/** The question with every `{name}` that was drawn replaced; other braces are a key's. */
function filled(question: Question, drawn: Drawn): Question {
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (braced, name: string) => String(drawn[name] ?? braced))
  return {
    ...question,
    text: fill(question.text),
    answer: fill(question.answer),
    others: question.others.map(fill),
    explanation: fill(question.explanation),
    command: fill(question.command),
  }
}

const LETTERS = 'abcdefgh'

/** Whether an answer is right: a choice by letter or text, a number within the tolerance, or the text itself. */
export function isRight(given: string, { choices, answer, near }: Asked): boolean {
  const text = given.trim().toLowerCase()
  if (choices) {
    const letter = text.length === 1 ? LETTERS.indexOf(text) : -1
    return (choices[letter] ?? given.trim()).toLowerCase() === answer.toLowerCase()
  }
  const [typed, right] = [text, answer].map((number) => Number(number.replace(/[%,\s]/g, '')))
  if (near !== undefined && text !== '') return Math.abs(typed - right) <= near
  return text === answer.toLowerCase()
}

/** The choices, a letter before each. */
export function lettered(choices: readonly string[]): string[] {
  return choices.map((choice, i) => `${LETTERS[i]}) ${choice}`)
}
