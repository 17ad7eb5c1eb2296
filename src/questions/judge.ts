import type { Mistake, Question } from './question.js'
import { inUnit, readNumber } from './reading.js'

/** What is to be said of an answer. */
export interface Judgement {
  /** `unread`: it isn't an answer to this question, which is to be asked again. */
  readonly kind: 'right' | 'close' | 'wrong' | 'unread'
  /** The mistake that was made, if it is a known one. */
  readonly mistake?: Mistake
}

const LETTERS = 'abcdefgh'

/** A number is close if it is within a tenth of the answer. */
const CLOSE = 0.1
/** A number is that of a mistake if it is within a fiftieth of it. */
const SAME = 0.02

/** The choices, a letter before each. */
export const lettered = (choices: readonly string[]): string[] =>
  choices.map((choice, i) => `${LETTERS[i]}) ${choice}`)

/** Judges what was typed; `choices` are in the order in which they were shown. */
export function judge(typed: string, question: Question, choices: readonly string[] = []): Judgement {
  const text = typed.trim()
  if (text === '') return { kind: 'unread' }
  if (question.near !== undefined) return judgeNumber(text, question)
  const chosen = choices.length > 0 ? choiceOf(text, choices) : text
  if (chosen === undefined) return { kind: 'unread' }
  if ([question.answer, ...question.also].some((right) => same(right, chosen))) return { kind: 'right' }
  const mistake = question.mistakes.find(({ answer }) => same(answer, chosen))
  return { kind: 'wrong', ...(mistake && { mistake }) }
}

const simple = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[\s.,;:!?'"]+/g, ' ')
    .trim()
const same = (a: string, b: string) => simple(a) === simple(b)

/** The choice that was meant: `b`, `B)`, `(b)`, its text, or a beginning of it that no other choice has. */
function choiceOf(text: string, choices: readonly string[]): string | undefined {
  const letter = /^\(?([a-h])[).:]?$/i.exec(text)?.[1].toLowerCase()
  const whole = choices.find((choice) => same(choice, text))
  if (whole !== undefined || letter !== undefined) return whole ?? choices[LETTERS.indexOf(letter!)]
  const begun = choices.filter((choice) => simple(choice).startsWith(simple(text)))
  return begun.length === 1 && simple(text) !== '' ? begun[0] : undefined
}

/** The number of a mistake in the unit of the answer, and how near to it a number is the same mistake; undefined for a word. */
export function mistaken({ answer }: Mistake, unit: string | undefined) {
  const number = readNumber(answer)
  const value = number && inUnit(number, unit)
  return value === undefined ? undefined : { value, near: Math.abs(value) * SAME }
}

function judgeNumber(text: string, { answer, near = 0, also, mistakes }: Question): Judgement {
  const right = readNumber(answer)!
  const typed = readNumber(text)
  let value = typed && inUnit(typed, right.unit)
  if (typed === undefined || value === undefined) {
    const isAlso = also.some((one) => same(one, text))
    return { kind: isAlso ? 'right' : 'unread' }
  }
  // Somebody who types 0.8 where a percentage is asked for means a share.
  if (right.unit === '%' && typed.unit === undefined && value > 0 && value <= 1 && right.value > 2)
    value *= 100
  const numbers = [right.value, ...also.flatMap((one) => inUnit(readNumber(one)!, right.unit) ?? [])]
  // 79.76 ± 0 is typed as it is shown, and what a computer makes of a decimal may be a hair off.
  const isWithin = (other: number, tolerance: number) =>
    Math.abs(value - other) <= tolerance * (1 + 1e-9) + 1e-9
  if (numbers.some((number, i) => isWithin(number, i === 0 ? near : 0))) return { kind: 'right' }
  const mistake = mistakes.find((one) => {
    const wrong = mistaken(one, right.unit)
    return wrong && isWithin(wrong.value, wrong.near)
  })
  if (mistake) return { kind: 'wrong', mistake }
  return { kind: isWithin(right.value, Math.abs(right.value) * CLOSE) ? 'close' : 'wrong' }
}
