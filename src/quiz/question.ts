import { markedLines, type Question, questionOf } from '../questions/question.js'
import { type Random, shuffle } from '../random/random.js'
import type { Drawn } from './drawn.js'
import { draws } from './draws.js'

/** A question as written, with `{name}` for drawn values. */
export interface Written extends Question {
  readonly id: string
  readonly explanation: string
  /** What shows the answer. */
  readonly command: string
}

/** A question as it is asked: with numbers and choices drawn. */
export interface Asked extends Written {
  /** The choices in the order shown; none if the answer is typed. */
  readonly choices: readonly string[]
}

/** The questions of a topic in Markdown: a `##` heading with the id, then marked lines (see questions/question.ts). */
export function parseQuestions(markdown: string): Written[] {
  return markdown
    .split('\n## ')
    .slice(1)
    .map((section) => {
      const [id, ...lines] = section.trim().split('\n')
      const marked = markedLines(lines)
      return { id, ...questionOf(marked), explanation: marked.all('>')[0], command: marked.all('$')[0] }
    })
}

/** A question with its values and choices drawn. */
export function ask(question: Written, random: Random): Asked {
  const filled = fill(question, draws[question.id]?.(random) ?? {})
  const { answer, near, mistakes } = filled
  if (near !== undefined || mistakes.length === 0) return { ...filled, choices: [] }
  return { ...filled, choices: shuffle([...new Set([answer, ...mistakes.map((one) => one.answer)])], random) }
}

/** Every text of a question with each `{name}` that was drawn replaced; other braces are a key's. */
function fill<T>(value: T, drawn: Drawn): T {
  if (typeof value === 'string')
    return value.replaceAll(/\{([\w-]+)\}/g, (braced, name: string) => String(drawn[name] ?? braced)) as T
  if (Array.isArray(value)) return value.map((one) => fill(one, drawn)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, drawn)])) as T
}
