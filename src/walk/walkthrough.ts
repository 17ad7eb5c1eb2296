import { InputError } from '../input-error.js'
import { type Mistake, markedLines, type Question, questionOf } from '../questions/question.js'
import { blocksOf, type MarkdownBlock } from '../report/blocks.js'
import { type Condition, parseCondition } from './condition.js'

/** A command, with what of its report is shown. */
export interface Run {
  readonly line: string
  /**
   * Names of tables and ids of findings, `figures`, and `title`; of a text that is no report the beginnings of its sections. Empty
   * for all of it.
   */
  readonly parts: readonly string[]
}

/** A question: before the run that answers it, about one that was seen, or of the quiz. */
export interface Ask extends Question {
  readonly kind: 'predict' | 'explain' | 'question'
  /** The choices in the order shown; without them the text of the question decides it. */
  readonly choices?: readonly string[]
  /** What is said after every answer. */
  readonly explanation?: string
  /** What shows the answer; it isn't run. */
  readonly command?: string
}

/** Something to do with commands of one's own. */
export interface Act {
  readonly kind: 'act'
  readonly goal: string
  readonly hint: string
  readonly isDone: Condition
  /** What does it. */
  readonly solution: Run
  /** What is likely to be tried and doesn't do it: a line begins with it. */
  readonly mistakes: readonly Mistake[]
  readonly explanation?: string
}

/** A part of a step. */
export type Block =
  | { readonly kind: 'prose'; readonly text: string }
  | ({ readonly kind: 'run' } & Run)
  | Ask
  | Act

export interface Step {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A walkthrough of a part of the lesson. */
export interface Walkthrough {
  readonly title: string
  readonly about: string
  /** About how long it takes. */
  readonly minutes: number
  /** The exercise that goes with it. */
  readonly exercise?: string
  readonly steps: readonly Step[]
  /** What was learnt, a sentence each. */
  readonly learnt: readonly string[]
}

/**
 * Reads a walkthrough from Markdown: a title, a paragraph about it, a list with `minutes: 6` and `exercise: hash-ring`, a `##`
 * heading for each step, and a list of what was learnt after the last. A step has paragraphs, `sh` blocks of one command (`sh
 * show: distribution, balance` shows that part of its report), and blocks of marked lines (see questions/question.ts):
 * `predict` and `explain` are questions, with what is said after every answer behind `>`. `act` is something to do: `?` the
 * condition (see condition.ts), `=` a command that does it, `-` what is likely to be tried, `~` a hint.
 * Throws InputError at anything else, naming the line of a fenced block.
 */
export function parseWalkthrough(markdown: string): Walkthrough {
  const steps: { title: string; blocks: Block[] }[] = []
  const lists: (readonly string[])[] = []
  let title = ''
  let about = ''
  for (const block of blocksOf(markdown)) {
    const blocks = steps.at(-1)?.blocks
    if (block.kind === 'heading' && block.level === 1) title = block.text
    else if (block.kind === 'heading') steps.push({ title: block.text, blocks: [] })
    else if (block.kind === 'code') (blocks ?? []).push(fenced(block))
    else if (block.kind === 'list') lists.push(block.items)
    else if (block.kind !== 'prose') throw new InputError(`a walkthrough has no ${block.kind}`)
    else if (blocks) blocks.push(block)
    else about = block.text
  }
  const [facts = [], learnt = []] = lists
  const fact = (name: string) => facts.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const exercise = fact('exercise')
  return { title, about, minutes: Number(fact('minutes')), ...(exercise && { exercise }), steps, learnt }
}

function fenced({ language, lines, at }: MarkdownBlock & { readonly kind: 'code' }): Block {
  const refuse = (why: string): never => {
    throw new InputError(`line ${at}: ${why}`)
  }
  const [kind, parts] = language.split(' show: ')
  if (kind === 'sh') {
    const isOne = lines.length === 1 && lines[0].startsWith('cachelab ')
    return isOne ? { kind: 'run', ...runOf(lines[0], parts) } : refuse('one cachelab command is needed')
  }
  const marked = markedLines(lines)
  const explanation = marked.all('>')[0]
  const said = explanation === undefined ? {} : { explanation }
  const [answer] = marked.all('=')
  if (answer === undefined) refuse('a line that begins with = is needed')
  if (kind === 'predict' || kind === 'explain') return { kind, ...questionOf(marked), ...said }
  if (kind !== 'act') return refuse('a block is sh, predict, explain or act')
  const [condition = refuse('a line that begins with ? is needed')] = marked.all('?')
  return {
    kind,
    goal: marked.text,
    hint: marked.all('~')[0] ?? '',
    isDone: parseCondition(condition),
    solution: runOf(answer, parts),
    mistakes: questionOf(marked).mistakes,
    ...said,
  }
}

const runOf = (line: string, parts = ''): Run => ({
  line,
  parts: parts === '' ? [] : parts.split(', '),
})
