import { type Judgement, judge } from '../../questions/judge.js'
import { readNumber } from '../../questions/reading.js'
import type { Act, Ask } from '../../walk/walkthrough.js'

/** What is said of an answer, as a paragraph; undefined if it can't be read, and is to be asked again. */
export function feedback(typed: string, task: Ask, choices: readonly string[]): string | undefined {
  const judgement = typed.trim() === '' ? undefined : judge(typed, task, choices)
  if (judgement?.kind === 'unread') return undefined
  return [verdict(typed, task, judgement), task.explanation ?? ''].join(' ').trim()
}

function verdict(typed: string, { answer, near }: Ask, judgement: Judgement | undefined): string {
  const is = near === undefined ? `The answer: ${answer}.` : `The answer is ${answer}.`
  if (!judgement) return is
  const { kind, mistake } = judgement
  if (kind === 'right') return `✓ **Right**: ${answer}.`
  if (kind === 'close') return `**Close**: you said ${typed.trim()}. ${is}`
  return `✗ ${mistake?.why ?? (near === undefined ? 'No.' : `You said ${typed.trim()}.`)} ${is}`
}

/** What is said where an answer can't be read. */
export function askedAgain({ answer, near }: Ask, choices: readonly string[]): string {
  if (choices.length > 0) return 'Type a letter, or the beginning of an answer.'
  const unit = near === undefined ? undefined : readNumber(answer)?.unit
  const what =
    near === undefined
      ? 'Type a word.'
      : `Type a number${unit ? ` in ${unit}` : ''}, such as ${example(unit)}.`
  return `${what} Enter alone shows the answer.`
}

const example = (unit = '') => (unit === '' ? '12' : unit === '%' ? '12 %' : `12 ${unit}`)

/** What is said of a command that doesn't do what was asked for: of the likely mistakes, the longest with which it begins. */
export function notYet(line: string, { mistakes, hint }: Act): string {
  const words = (text: string) => {
    const all = text.trim().replace(/^(\$\s+)?(npx\s+)?cachelab\s+/i, '')
    return `${all.toLowerCase().split(/\s+/).join(' ')} `
  }
  const [mistake] = mistakes
    .filter(({ answer }) => words(line).startsWith(words(answer)))
    .sort((a, b) => b.answer.length - a.answer.length)
  return `✗ **Not yet.** ${mistake?.why ?? hint}`.trim()
}
