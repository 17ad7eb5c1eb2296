import { InputError } from '../input-error.js'
import { blocksOf, type MarkdownBlock } from '../report/blocks.js'

/** A part of a step. */
export type Block =
  | { readonly kind: 'prose'; readonly text: string }
  /** A command to run, as its words after `cachelab`. */
  | { readonly kind: 'run'; readonly line: string; readonly words: readonly string[] }
  /** A question, which the next command answers. */
  | { readonly kind: 'predict'; readonly question: string; readonly answer: string }

export interface Step {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A walkthrough of a part of the lesson, with commands to run. */
export interface Walkthrough {
  readonly title: string
  readonly about: string
  readonly steps: readonly Step[]
}

/**
 * Reads a walkthrough from Markdown: a title, a paragraph about it, and a `##` heading for each step, with
 * paragraphs, `sh` blocks of one command and `predict` blocks of a question and a last line `= answer`.
 * Throws InputError at anything else, naming the line of a fenced block.
 */
export function parseWalkthrough(markdown: string): Walkthrough {
  const steps: { title: string; blocks: Block[] }[] = []
  let title = ''
  let about = ''
  for (const block of blocksOf(markdown)) {
    const blocks = steps.at(-1)?.blocks
    if (block.kind === 'heading' && block.level === 1) title = block.text
    else if (block.kind === 'heading') steps.push({ title: block.text, blocks: [] })
    else if (block.kind === 'code') (blocks ?? []).push(fenced(block))
    else if (block.kind !== 'prose') throw new InputError(`a walkthrough has no ${block.kind}`)
    else if (blocks) blocks.push(block)
    else about = block.text
  }
  return { title, about, steps }
}

function fenced({ language, lines, at }: MarkdownBlock & { readonly kind: 'code' }): Block {
  if (language === 'sh' && lines.length === 1 && lines[0].startsWith('cachelab ')) {
    return { kind: 'run', line: lines[0], words: lines[0].split(' ').slice(1) }
  }
  const answer = lines.at(-1) ?? ''
  if (language === 'predict' && answer.startsWith('= ')) {
    return { kind: 'predict', question: lines.slice(0, -1).join(' '), answer: answer.slice(2) }
  }
  throw new InputError(
    `line ${at}: a block must be sh with one cachelab command, or predict with an answer in its last line`,
  )
}

/** The feedback on a guess. Numbers within a tenth of the answer are close; `%` and `,` may be left out. */
export function judgeGuess(guess: string, answer: string): string {
  const [guessed, right] = [guess, answer].map((text) => Number(text.replace(/[%,\s]/g, '')))
  if (guess.trim() === '' || Number.isNaN(guessed)) return `The answer is ${answer}.`
  if (guessed === right) return `Exactly: the answer is ${answer}.`
  const isClose = Math.abs(guessed - right) <= Math.abs(right) / 10
  return `You said ${guess.trim()}; the answer is ${answer}. That is ${isClose ? 'close' : 'not close'}.`
}
