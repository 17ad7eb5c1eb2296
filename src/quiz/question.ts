import { type Random, shuffle } from '../random/random.js'

/** A question as it is asked: with numbers and choices drawn. */
export interface Asked {
  readonly text: string
  /** Possible answers in the order in which they are shown; without them a text or a number is typed. */
  readonly choices?: readonly string[]
  /** The right one, as it is written among the choices or typed. */
  readonly answer: string
  /** How far off a number may be and still count. */
  readonly near?: number
  readonly explanation: string
  /** A command that shows it, whole. */
  readonly command: string
}

export interface Question {
  readonly id: string
  ask(random: Random): Asked
}

interface Fixed {
  readonly text: string
  readonly answer: string
  /** Wrong answers. */
  readonly others: readonly string[]
  readonly explanation: string
  readonly command: string
}

/** A question whose choices are always the same, in any order. */
export function fixed(id: string, { text, answer, others, explanation, command }: Fixed): Question {
  return {
    id,
    ask: (random) => ({ text, choices: shuffle([answer, ...others], random), answer, explanation, command }),
  }
}

const LETTERS = 'abcdefgh'

/** Whether an answer counts: a choice by its letter or its text, a number that is near enough, or the text itself. */
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
