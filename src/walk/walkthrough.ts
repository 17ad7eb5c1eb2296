import { InputError } from '../input-error.js'

/** A piece of a step, in the order in which a person meets it. */
export type Block =
  | { readonly kind: 'prose'; readonly text: string }
  /** A command that runs here, as its words after `cachelab`. */
  | { readonly kind: 'run'; readonly line: string; readonly words: readonly string[] }
  /** A question to guess at before the next command answers it. */
  | { readonly kind: 'predict'; readonly question: string; readonly answer: string }

export interface Step {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A way through a part of the lesson, with commands that really run. */
export interface Walkthrough {
  readonly title: string
  readonly about: string
  readonly steps: readonly Step[]
}

/**
 * Reads a walkthrough from Markdown: a title, a paragraph about it, and a `##` heading for each step, with
 * paragraphs, `sh` blocks of one command and `predict` blocks of a question and a last line `= answer`.
 * Throws InputError, naming the line, at anything else that is fenced.
 */
export function parseWalkthrough(markdown: string): Walkthrough {
  const steps: { title: string; blocks: Block[] }[] = []
  let title = ''
  let about = ''
  const add = (block: Block) => {
    const step = steps.at(-1)
    if (step) step.blocks.push(block)
    else if (block.kind === 'prose') about = block.text
  }
  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (line.startsWith('# ')) title = line.slice(2)
    else if (line.startsWith('## ')) steps.push({ title: line.slice(3), blocks: [] })
    else if (line.startsWith('```')) {
      const end = lines.indexOf('```', i + 1)
      if (end < 0) throw new InputError(`line ${i + 1}: a block that does not end`)
      add(fenced(line.slice(3), lines.slice(i + 1, end), i + 1))
      i = end
    } else if (line !== '') {
      const end = lines.indexOf('', i)
      add({ kind: 'prose', text: lines.slice(i, end < 0 ? undefined : end).join(' ') })
      i = end < 0 ? lines.length : end
    }
  }
  return { title, about, steps }
}

function fenced(language: string, lines: readonly string[], at: number): Block {
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

/** What to say to a guess. Numbers within a tenth of the answer are near; `%` and `,` may be left out. */
export function judgeGuess(guess: string, answer: string): string {
  const [guessed, right] = [guess, answer].map((text) => Number(text.replace(/[%,\s]/g, '')))
  if (guess.trim() === '' || Number.isNaN(guessed)) return `It is ${answer}.`
  if (guessed === right) return `Exactly: it is ${answer}.`
  const isNear = Math.abs(guessed - right) <= Math.abs(right) / 10
  return `You said ${guess.trim()}, it is ${answer}. ${isNear ? 'Near!' : 'Further off than one would think?'}`
}
